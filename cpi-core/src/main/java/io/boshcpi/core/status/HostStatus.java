package io.boshcpi.core.status;

import io.boshcpi.spi.ErrorType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The health of a host at one moment.
 *
 * @param identity which host it is
 * @param startedAt when the host began to listen
 * @param uptime the time since then
 * @param running the calls under way, those that have lasted longest first
 * @param ended the calls that have ended since the host began
 * @param refused the calls that were refused since then, and made cold
 * @param queue the bounds of calls under way, and what waits
 * @param providers how many configurations of each loaded provider are open
 * @param resources what the process takes
 */
public record HostStatus(
        Identity identity,
        Instant startedAt,
        Duration uptime,
        List<RunningCall> running,
        List<EndedCalls> ended,
        Map<Refusal, Long> refused,
        Queue queue,
        Map<String, Integer> providers,
        Resources resources) {
    /**
     * Which host it is.
     *
     * @param version of the product
     * @param build the build ID
     * @param pid the process
     * @param configuration the file whose calls it answers
     * @param socket where it listens
     */
    public record Identity(String version, String build, long pid, Path configuration, Path socket) {}

    /**
     * A call under way.
     *
     * @param method its name if it is one of the contract
     * @param requestId the ID in the log
     * @param seconds since it began
     */
    public record RunningCall(String method, String requestId, double seconds) {}

    /**
     * Calls that have ended.
     *
     * @param method their name if it is one of the contract
     * @param error why they failed; {@code null} if they succeeded
     * @param latency how long they took, from the whole request to the response
     */
    record EndedCalls(String method, @Nullable ErrorType error, Latency.Snapshot latency) {}

    /**
     * The bounds of calls under way, and what waits.
     *
     * @param waiting requests that are here and wait for a thread
     * @param maxRunning how many calls may run
     * @param maxWaiting how many more may be under way
     * @param requestKib memory reserved for the requests under way, in KiB
     * @param maxRequestKib how much can be reserved, in KiB
     */
    public record Queue(int waiting, int maxRunning, int maxWaiting, int requestKib, int maxRequestKib) {}
}
