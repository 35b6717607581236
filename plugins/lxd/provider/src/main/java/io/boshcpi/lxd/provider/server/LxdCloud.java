package io.boshcpi.lxd.provider.server;

import io.boshcpi.lxd.client.LxdClient;
import io.boshcpi.lxd.client.model.Project;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One server with its configuration and the sub-plugins, and the one door to it: {@link #run} opens the session of
 * every method, undoes what a failed one has created, and translates the server's failures.
 */
public final class LxdCloud {
    /** The least time that an undo step gets, even if the call's own time is over. */
    private static final Duration UNDO_TIME = Duration.ofMinutes(2);

    private final LxdConfig config;
    private final LxdClient client;
    private final Contributors contributors;
    private final Clock clock;

    public LxdCloud(LxdConfig config, LxdClient client, Contributors contributors, Clock clock) {
        this.config = config;
        this.client = client;
        this.contributors = contributors;
        this.clock = clock;
    }

    /** The operator's configuration. */
    public LxdConfig config() {
        return config;
    }

    /** The sub-plugins. */
    public Contributors contributors() {
        return contributors;
    }

    /** The project that a call works in. */
    public String project(Call call) {
        return contributors.project(call, config.projectName());
    }

    /**
     * The session's project.
     *
     * @throws CpiException if it is not on the server
     */
    public static Project existingProject(LxdSession lxd) {
        Optional<Project> project = lxd.projects().find(lxd.project());
        if (project.isEmpty()) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR, "The project " + lxd.project() + " (lxd.project) is not on the server");
        }
        return project.get();
    }

    /**
     * Runs the task in the call's project and within its deadline.
     *
     * @throws io.boshcpi.spi.CpiException if it fails; what it created is then gone, or named in the log
     */
    public <T> T run(Call call, ServerTask<T> task) {
        Undo undo = new Undo();
        try {
            return task.run(session(call, remaining(call)), undo);
        } catch (RuntimeException e) {
            while (undo.hasSteps()) {
                undo.undoLast(session(call, undoTime(call)), e);
            }
            throw task.translate(e);
        }
    }

    /** What the marks of a new object say of its origin. */
    public Origin origin(Call call) {
        return new Origin(call.directorUuid(), now().toString());
    }

    /** The time of day, to the second. */
    public Instant now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.SECONDS);
    }

    private LxdSession session(Call call, Duration time) {
        return client.session(project(call), time);
    }

    private static Duration remaining(Call call) {
        return Duration.ofMillis(call.deadline().remainingMillis());
    }

    private static Duration undoTime(Call call) {
        Duration remaining = remaining(call);
        return remaining.compareTo(UNDO_TIME) > 0 ? remaining : UNDO_TIME;
    }
}
