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
    private final List<Rule> rules = new ArrayList<>();

    public Faults() {}

    /**
     * A rule for requests.
     *
     * @param method such as {@code "POST"}
     * @param path a regular expression for the whole path, without the query
     */
    public synchronized Rule on(String method, String path) {
        Rule rule = new Rule(method, Pattern.compile(path));
        rules.add(rule);
        return rule;
    }

    public synchronized @Nullable Fault next(String method, String path) {
        for (Rule rule : rules) {
            Fault fault = rule.fault;
            if (fault != null && rule.matches(method, path)) {
                rules.remove(rule);
                return fault;
            }
        }
        return null;
    }

    /** What happens to one request. */
    public record Fault(@Nullable ApiError error, boolean dropAnswer, Duration delay) {}

    /** A rule for requests; it takes effect once one of its other methods was called. */
    public static final class Rule {
        private final String method;
        private final Pattern path;
        private volatile @Nullable Fault fault;

        private Rule(String method, Pattern path) {
            this.method = method;
            this.path = path;
        }

        /** Answers with this error; the request has no effect. */
        public void fail(int status, String message) {
            fault = new Fault(new ApiError(status, message), false, Duration.ZERO);
        }

        /** Carries the request out and then closes the connection without an answer. */
        public void dropAnswer() {
            fault = new Fault(null, true, Duration.ZERO);
        }

        /** Waits before the request is carried out. */
        public void delay(Duration time) {
            fault = new Fault(null, false, time);
        }

        private boolean matches(String requestMethod, String requestPath) {
            return method.equals(requestMethod) && path.matcher(requestPath).matches();
        }
    }
}
