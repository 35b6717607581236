package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.LxdClient;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.spi.Call;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What all methods of the provider share: the server, the configuration, and the sub-plugins. */
final class LxdCloud {
    /** How long an undo may take when the call's own time is over. */
    private static final Duration UNDO_TIME = Duration.ofMinutes(2);

    private final LxdConfig config;
    private final LxdClient client;
    private final Contributors contributors;
    private final Clock clock;

    LxdCloud(LxdConfig config, LxdClient client, Contributors contributors, Clock clock) {
        this.config = config;
        this.client = client;
        this.contributors = contributors;
        this.clock = clock;
    }

    LxdConfig config() {
        return config;
    }

    Contributors contributors() {
        return contributors;
    }

    /** The project that a call works in. */
    String project(Call call) {
        return contributors.projects().project(call, config.projectName());
    }

    /** The server as a call sees it. */
    LxdSession session(Call call) {
        return client.session(project(call), Duration.ofMillis(call.deadline().remainingMillis()));
    }

    /** The same for undoing what a failed call has made, for which its time may be over. */
    LxdSession undoSession(Call call) {
        Duration rest = Duration.ofMillis(call.deadline().remainingMillis());
        return client.session(project(call), rest.compareTo(UNDO_TIME) > 0 ? rest : UNDO_TIME);
    }

    /** The time of day in UTC, for marks. */
    String now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
