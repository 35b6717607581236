package io.boshcpi.docker.engine;

import com.github.dockerjava.transport.DockerHttpClient;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.ErrorType;
import java.io.IOException;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call's requests: none begins after the call's deadline, and a connection that fails is told as one. */
final class BoundedHttp implements DockerHttpClient {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedHttp.class);

    private final DockerHttpClient http;
    private final Deadline deadline;
    private final URI address;

    BoundedHttp(DockerHttpClient http, Deadline deadline, URI address) {
        this.http = http;
        this.deadline = deadline;
        this.address = address;
    }

    @Override
    public Response execute(Request request) {
        if (deadline.hasPassed()) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    "The call's time is over (call_timeout), before " + request.method() + " " + request.path());
        }
        long start = System.nanoTime();
        try {
            Response response = http.execute(request);
            LOG.debug(
                    "{} {}: {} in {} ms",
                    request.method(),
                    request.path(),
                    response.getStatusCode(),
                    (System.nanoTime() - start) / 1_000_000);
            return response;
        } catch (RuntimeException e) {
            if (e.getCause() instanceof IOException failure) {
                throw new CpiException(
                        ErrorType.CLOUD_ERROR,
                        true,
                        "The engine at " + address + " (docker.url) does not answer " + request.method() + " "
                                + path(request) + " (" + failure.getMessage()
                                + "); is it running, and may this user open its socket?",
                        failure);
            }
            throw e;
        }
    }

    /** The path alone: filters are long. */
    private static String path(Request request) {
        int query = request.path().indexOf('?');
        return query < 0 ? request.path() : request.path().substring(0, query);
    }

    /** Leaves the connections to the other calls. */
    @Override
    public void close() {
        // The engine closes them.
    }
}
