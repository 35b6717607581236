package io.boshcpi.lxd.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to go wrong, chosen by the test. A rule matches requests by method and path, or operations by description, and
 * strikes once, on the nth match (the first unless told otherwise).
 *
 * <pre>{@code
 * lxd.faults().on("PATCH", "/1.0/instances/.*").nth(2).fail(500, "database is locked");
 * lxd.faults().on("POST", "/1.0/instances").dropAnswer();
 * lxd.faults().operation("Creating instance").fail("disk on fire");
 * Faults.Hold hold = lxd.faults().operation("Starting instance").hold();
 * }</pre>
 */
public final class Faults {
    private final List<RequestRule> requestRules = new ArrayList<>();
    private final List<OperationRule> operationRules = new ArrayList<>();
    private volatile Duration updateTime = Duration.ZERO;

    Faults() {}

    /**
     * A rule for requests.
     *
     * @param method such as {@code "POST"}, or {@code "*"}
     * @param path a regular expression for the whole path, without the query
     */
    public synchronized RequestRule on(String method, String path) {
        RequestRule rule = new RequestRule(method, Pattern.compile(path));
        requestRules.add(rule);
        return rule;
    }

    /** A rule for operations whose description, such as {@code "Creating instance"}, contains the text. */
    public synchronized OperationRule operation(String description) {
        OperationRule rule = new OperationRule(description);
        operationRules.add(rule);
        return rule;
    }

    /** LXD's answer to most of several updates of one instance that overlap, to the next {@code times} updates. */
    public void busyUpdates(int times) {
        for (int i = 0; i < times; i++) {
            on("P(ATCH|UT)", "/1.0/instances/[^/]+")
                    .fail(
                            500,
                            "Failed to create instance update operation: A matching non-reusable operation has now"
                                    + " succeeded");
        }
    }

    /** How long each PATCH of an instance takes from now on, so that several overlap: LXD refuses all but one then. */
    public void slowUpdates(Duration time) {
        updateTime = time;
    }

    void pauseUpdate() {
        pause(updateTime);
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Forgets all rules that have not struck yet. */
    public synchronized void clear() {
        requestRules.clear();
        operationRules.clear();
    }

    synchronized @Nullable RequestFault nextRequest(String method, String path) {
        for (RequestRule rule : List.copyOf(requestRules)) {
            RequestFault fault = rule.strike(method, path);
            if (fault != null) {
                requestRules.remove(rule);
                return fault;
            }
        }
        return null;
    }

    synchronized @Nullable OperationFault nextOperation(String description) {
        for (OperationRule rule : List.copyOf(operationRules)) {
            OperationFault fault = rule.strike(description);
            if (fault != null) {
                operationRules.remove(rule);
                return fault;
            }
        }
        return null;
    }

    /** What happens to one request. */
    record RequestFault(@Nullable ApiError error, boolean dropRequest, boolean dropAnswer, Duration delay) {}

    /** What happens to one operation. */
    record OperationFault(
            @Nullable ApiError error,
            Duration delay,
            @Nullable Hold hold) {}

    /** Counts the matches of a rule down to the one that it strikes. */
    private static final class Countdown {
        private int left = 1;

        boolean reached() {
            left--;
            return left == 0;
        }
    }

    /** A rule for requests; it takes effect once one of its last four methods was called. */
    public static final class RequestRule {
        private final Pattern method;
        private final Pattern path;
        private final Countdown countdown = new Countdown();
        private volatile @Nullable RequestFault fault;

        private RequestRule(String method, Pattern path) {
            this.method = Pattern.compile(method.equals("*") ? ".*" : method);
            this.path = path;
        }

        /** Strikes on the nth match from now, counted from 1. */
        public RequestRule nth(int n) {
            countdown.left = n;
            return this;
        }

        /** Answers with this error; the request has no effect. */
        public void fail(int status, String message) {
            fault = new RequestFault(new ApiError(status, message), false, false, Duration.ZERO);
        }

        /** Carries the request out and then closes the connection without an answer. */
        public void dropAnswer() {
            fault = new RequestFault(null, false, true, Duration.ZERO);
        }

        /** Closes the connection without having carried the request out. */
        public void dropRequest() {
            fault = new RequestFault(null, true, false, Duration.ZERO);
        }

        /** Waits before the request is carried out. */
        public void delay(Duration time) {
            fault = new RequestFault(null, false, false, time);
        }

        private @Nullable RequestFault strike(String requestMethod, String requestPath) {
            RequestFault armed = fault;
            boolean matches = armed != null
                    && method.matcher(requestMethod).matches()
                    && path.matcher(requestPath).matches();
            return matches && countdown.reached() ? armed : null;
        }
    }

    /** A rule for operations; it takes effect once one of its last three methods was called. */
    public static final class OperationRule {
        private final String description;
        private final Countdown countdown = new Countdown();
        private volatile @Nullable OperationFault fault;

        private OperationRule(String description) {
            this.description = description;
        }

        /** Strikes on the nth match from now, counted from 1. */
        public OperationRule nth(int n) {
            countdown.left = n;
            return this;
        }

        /** The operation is accepted and then fails; what it began is undone. */
        public void fail(String message) {
            fault = new OperationFault(ApiError.internal(message), Duration.ZERO, null);
        }

        /** The operation ends after this time. */
        public void delay(Duration time) {
            fault = new OperationFault(null, time, null);
        }

        /** The operation runs until the test releases it. */
        public Hold hold() {
            Hold hold = new Hold();
            fault = new OperationFault(null, Duration.ZERO, hold);
            return hold;
        }

        private @Nullable OperationFault strike(String requested) {
            OperationFault armed = fault;
            return armed != null && requested.contains(description) && countdown.reached() ? armed : null;
        }
    }

    /** An operation that runs until it is told to end. */
    public static final class Hold {
        private final CountDownLatch reached = new CountDownLatch(1);
        private @Nullable Runnable completion;
        private boolean released;

        private Hold() {}

        void whenReleased(Runnable then) {
            synchronized (this) {
                if (!released) {
                    completion = then;
                    reached.countDown();
                    return;
                }
            }
            then.run();
        }

        /** Waits until an operation is held here. */
        public void awaitReached() throws InterruptedException {
            reached.await();
        }

        /** Lets the operation end. */
        public void release() {
            Runnable then;
            synchronized (this) {
                released = true;
                then = completion;
            }
            if (then != null) {
                then.run();
            }
        }
    }
}
