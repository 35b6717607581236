package io.boshcpi.docker.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;

/**
 * One engine with its configuration, and the one door to it: {@link #run} bounds every method by the call's deadline,
 * undoes what a failed one has made, and translates the engine's failures.
 */
public final class Engine implements AutoCloseable {
    private static final Duration CONNECT_TIME = Duration.ofSeconds(10);

    /** The least time that undoing gets, even if the call's own time is over. */
    private static final Duration UNDO_TIME = Duration.ofMinutes(2);

    private final DockerConfig config;
    private final Clock clock;
    private final DockerClientConfig clientConfig;
    private final DockerHttpClient http;
    private final Watchdog watchdog = new Watchdog();

    /** Makes no connection yet. */
    public Engine(DockerConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        // Without the environment and the files of the user, which configure the commands of people.
        this.clientConfig = new DefaultDockerClientConfig.Builder()
                .withProperties(new Properties())
                .withDockerHost(clientAddress(config))
                .build();
        this.http = new ApacheDockerHttpClient.Builder()
                .dockerHost(clientConfig.getDockerHost())
                .sslConfig(new PemTls(config))
                .connectionTimeout(CONNECT_TIME)
                // Of a TCP socket; the watchdog does not end its reads.
                .responseTimeout(config.silence())
                .build();
    }

    /** The client knows TLS by the configuration beside the address. */
    private static String clientAddress(DockerConfig config) {
        return config.address().toString().replaceFirst("^https:", "tcp:");
    }

    /** The operator's configuration. */
    public DockerConfig config() {
        return config;
    }

    /** The time of day, for marks. */
    public Clock clock() {
        return clock;
    }

    /**
     * Runs the task within the call's deadline.
     *
     * @throws io.boshcpi.spi.CpiException if it fails; what it made is then gone, or named in the log
     */
    public <T> T run(Call call, EngineTask<T> task) {
        Undo undo = new Undo();
        try {
            return task.run(client(call.deadline()), undo);
        } catch (RuntimeException e) {
            if (!undo.isEmpty()) {
                Deadline time = call.deadline().remainingMillis() > UNDO_TIME.toMillis()
                        ? call.deadline()
                        : Deadline.in(UNDO_TIME);
                undo.run(client(time), e);
            }
            throw Errors.translate(e);
        }
    }

    /**
     * The engine below the client's typed commands, for what those cannot say. An upload takes as long as it takes, up to
     * the call's deadline.
     */
    public DockerHttpClient http(Call call) {
        Duration remaining = Duration.ofMillis(call.deadline().remainingMillis());
        return new BoundedHttp(http, watchdog, config, call.deadline(), remaining);
    }

    private DockerClient client(Deadline deadline) {
        return DockerClientImpl.getInstance(
                clientConfig, new BoundedHttp(http, watchdog, config, deadline, config.silence()));
    }

    @Override
    public void close() {
        watchdog.close();
        try {
            http.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
