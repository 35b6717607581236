package io.boshcpi.docker.engine;

import com.github.dockerjava.transport.DockerHttpClient;
import io.boshcpi.docker.engine.Watchdog.Watch;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.ErrorType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call's requests: none begins after the call's deadline or waits beyond it for an answer, an engine that is away is
 * waited for while it may be restarting, and a connection that fails is told as one.
 */
final class BoundedHttp implements DockerHttpClient {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedHttp.class);

    /** A server that restarts is back in two or three seconds. */
    private static final Duration RESTART_TIME = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final DockerHttpClient http;
    private final Watchdog watchdog;
    private final DockerConfig config;
    private final Deadline deadline;
    private final Duration silence;

    /**
     * @param silence how long an answer may take
     */
    BoundedHttp(DockerHttpClient http, Watchdog watchdog, DockerConfig config, Deadline deadline, Duration silence) {
        this.http = http;
        this.watchdog = watchdog;
        this.config = config;
        this.deadline = deadline;
        this.silence = silence;
    }

    @Override
    public Response execute(Request request) {
        if (deadline.hasPassed()) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR, "The call's time is over (call_timeout), before " + described(request));
        }
        long patience = System.nanoTime() + RESTART_TIME.toNanos();
        while (true) {
            try {
                return attempt(request);
            } catch (RuntimeException e) {
                if (!(e.getCause() instanceof IOException failure)) {
                    throw e;
                } else if (!isAbsent(failure) || System.nanoTime() > patience || deadline.hasPassed()) {
                    throw ConnectionFailures.told(config, described(request), failure);
                }
                LOG.debug("{}: {}", described(request), failure.getMessage());
                pause();
            }
        }
    }

    private Response attempt(Request request) {
        long start = System.nanoTime();
        Watch watch = watchdog.begin(limit());
        try {
            Response response = http.execute(request);
            LOG.debug(
                    "{}: {} in {} ms",
                    described(request),
                    response.getStatusCode(),
                    (System.nanoTime() - start) / 1_000_000);
            return new BoundedResponse(response, request);
        } catch (RuntimeException e) {
            if (watch.end()) {
                throw ConnectionFailures.late(config, described(request), e);
            }
            throw e;
        } finally {
            watch.end();
        }
    }

    private Duration limit() {
        return Duration.ofMillis(Math.min(silence.toMillis(), deadline.remainingMillis()));
    }

    /** Whether nothing listens there, so that the request was not even sent. */
    private static boolean isAbsent(IOException failure) {
        String reason = String.valueOf(failure.getMessage());
        return failure instanceof ConnectException
                || reason.contains("Connection refused")
                || reason.contains("No such file or directory");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CpiException(ErrorType.CLOUD_ERROR, "Interrupted while waiting for the engine", e);
        }
    }

    /** Without the query: filters are long. */
    private static String described(Request request) {
        int query = request.path().indexOf('?');
        return request.method() + " "
                + (query < 0 ? request.path() : request.path().substring(0, query));
    }

    /** A response whose body is told as a failure of the engine if it ends early or stalls. */
    private final class BoundedResponse implements Response {
        private final Response response;
        private final Request request;

        BoundedResponse(Response response, Request request) {
            this.response = response;
            this.request = request;
        }

        @Override
        public int getStatusCode() {
            return response.getStatusCode();
        }

        @Override
        public Map<String, List<String>> getHeaders() {
            return response.getHeaders();
        }

        @Override
        public InputStream getBody() {
            return new FilterInputStream(response.getBody()) {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    Watch watch = watchdog.begin(limit());
                    try {
                        return in.read(buffer, offset, length);
                    } catch (IOException e) {
                        throw new LostAnswerException(
                                watch.end()
                                        ? ConnectionFailures.late(config, described(request), e)
                                        : ConnectionFailures.told(config, described(request), e));
                    } finally {
                        watch.end();
                    }
                }

                /** What nobody wanted to read may be cut: the status is known. */
                @Override
                public void close() {
                    try {
                        in.close();
                    } catch (IOException e) {
                        LOG.debug("{}: the end of the answer is lost: {}", described(request), e.getMessage());
                    }
                }
            };
        }

        @Override
        public void close() {
            response.close();
        }
    }

    /** Leaves the connections to the other calls. */
    @Override
    public void close() {
        // The engine closes them.
    }
}
