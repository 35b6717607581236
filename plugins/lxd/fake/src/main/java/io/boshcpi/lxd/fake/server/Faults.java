package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The faults that a test injects. A rule matches requests by method and path, and applies once.
 *
 * <pre>{@code
 * lxd.faults().on("PATCH", "/1.0/instances/.*").fail(500, "database is locked");
 * lxd.faults().on("POST", "/1.0/instances").dropAnswer();
 * }</pre>
 */
public final class Faults {
    private final List<Fault> faults = new ArrayList<>();

    /** What happens to one request whose method and path match. */
    public record Fault(Pattern request, @Nullable ApiError error, boolean dropAnswer, Duration delay) {}

    /**
     * A rule for requests.
     *
     * @param method such as {@code "POST"}
     * @param path a regular expression for the whole path, without the query
     */
    public Rule on(String method, String path) {
        return new Rule(Pattern.compile(method + " (" + path + ")"));
    }

    private synchronized void add(Fault fault) {
        faults.add(fault);
    }

    /** The fault that the request meets, which no other will meet. */
    public synchronized @Nullable Fault next(Request request) {
        String line = request.method() + " " + request.path();
        for (Fault fault : faults) {
            if (fault.request().matcher(line).matches()) {
                faults.remove(fault);
                return fault;
            }
        }
        return null;
    }

    /** A rule for requests; it takes effect once one of its methods was called. */
    public final class Rule {
        private final Pattern request;

        private Rule(Pattern request) {
            this.request = request;
        }

        /** Answers with this error; the request has no effect. */
        public void fail(int status, String message) {
            add(new Fault(request, new ApiError(status, message), false, Duration.ZERO));
        }

        /** Carries the request out and then closes the connection without an answer. */
        public void dropAnswer() {
            add(new Fault(request, null, true, Duration.ZERO));
        }

        /** Waits before the request is carried out. */
        public void delay(Duration time) {
            add(new Fault(request, null, false, time));
        }
    }
}
