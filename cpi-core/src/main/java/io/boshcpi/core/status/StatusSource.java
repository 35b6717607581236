package io.boshcpi.core.status;

import io.boshcpi.core.status.HostStatus.Identity;
import io.boshcpi.core.status.HostStatus.Queue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Where a host takes its status from. It is made when the host begins to listen. */
public final class StatusSource {
    private final Identity identity;
    private final CallMetrics calls;
    private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final long startedNanos = System.nanoTime();

    public StatusSource(Identity identity, CallMetrics calls) {
        this.identity = identity;
        this.calls = calls;
    }

    /**
     * The status now.
     *
     * @param providers how many configurations of each loaded provider are open
     */
    public HostStatus now(Queue queue, Map<String, Integer> providers) {
        return new HostStatus(
                identity,
                startedAt,
                Duration.ofNanos(System.nanoTime() - startedNanos),
                calls.running(),
                calls.ended(),
                calls.refused(),
                queue,
                providers,
                Resources.now());
    }
}
