package io.boshcpi.docker.engine;

import com.github.dockerjava.transport.DockerHttpClient;
import io.boshcpi.docker.engine.Watchdog.Watch;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.ErrorType;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call's requests: none begins after the call's deadline or waits beyond it for an answer, and a connection that fails
 * is told as one.
 */
final class BoundedHttp implements DockerHttpClient {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedHttp.class);

    private final DockerHttpClient http;
    private final Watchdog watchdog;
    private final URI address;
    private final Deadline deadline;
    private final Duration silence;

    /**
     * @param silence how long an answer may take
     */
    BoundedHttp(DockerHttpClient http, Watchdog watchdog, URI address, Deadline deadline, Duration silence) {
        this.http = http;
        this.watchdog = watchdog;
        this.address = address;
        this.deadline = deadline;
        this.silence = silence;
    }

    @Override
    public Response execute(Request request) {
        if (deadline.hasPassed()) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR, "The call's time is over (call_timeout), before " + described(request));
        }
        long start = System.nanoTime();
        Watch watch = watchdog.begin(Duration.ofMillis(Math.min(silence.toMillis(), deadline.remainingMillis())));
        try {
            Response response = http.execute(request);
            LOG.debug(
                    "{}: {} in {} ms",
                    described(request),
                    response.getStatusCode(),
                    (System.nanoTime() - start) / 1_000_000);
            return response;
        } catch (RuntimeException e) {
            if (watch.end()) {
                throw failed(request, "within docker.timeout and the call's time", e);
            } else if (e.getCause() instanceof IOException failure) {
                throw failed(
                        request,
                        "(" + failure.getMessage() + "); is it running, and may this user open its socket?",
                        failure);
            }
            throw e;
        } finally {
            watch.end();
        }
    }

    private CpiException failed(Request request, String how, Exception cause) {
        return new CpiException(
                ErrorType.CLOUD_ERROR,
                true,
                "The engine at " + address + " (docker.url) does not answer " + described(request) + " " + how,
                cause);
    }

    /** Without the query: filters are long. */
    private static String described(Request request) {
        int query = request.path().indexOf('?');
        return request.method() + " "
                + (query < 0 ? request.path() : request.path().substring(0, query));
    }

    /** Leaves the connections to the other calls. */
    @Override
    public void close() {
        // The engine closes them.
    }
}
