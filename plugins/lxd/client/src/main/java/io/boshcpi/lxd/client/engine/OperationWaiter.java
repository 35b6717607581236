package io.boshcpi.lxd.client.engine;

import io.boshcpi.lxd.client.failure.Failures;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Operation;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a background operation.
 *
 * <p>Each request ends in one of four ways. <em>Success</em> returns the operation. <em>Failure</em> throws: LXD
 * reports it in the operation, Incus as an error of the wait itself. An Incus wait that merely took too long looks the
 * same, so the operation itself is read before an error is believed. <em>Retry</em>: the operation still runs, or the
 * connection was lost. <em>Deadline</em>: the session's has passed, which throws.
 *
 * <p>Operations vanish seconds after their end and when the server restarts. Then only the object itself shows whether
 * the operation took effect.
 */
final class OperationWaiter {
    private static final int MAX_SLICE_SECONDS = 30;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long RECONNECT_NANOS = TimeUnit.SECONDS.toNanos(30);

    static final String PREFIX = "/1.0/operations/";

    private final Sender sender;

    OperationWaiter(Sender sender) {
        this.sender = sender;
    }

    /**
     * Waits for the end.
     *
     * @param operationUrl as the server gave it, which may have a query
     * @param happened looks at the object, if the operation has vanished
     * @param underWay gets the operation about every half minute while it runs; null if nobody cares
     * @return the operation, without a result if it has vanished
     */
    Operation await(String operationUrl, BooleanSupplier happened, @Nullable Consumer<Operation> underWay) {
        Url url = url(operationUrl);
        try {
            while (true) {
                Operation operation = look(url);
                if (operation.hasSucceeded()) {
                    return operation;
                }
                if (!operation.isUnderWay()) {
                    throw failed(url, operation, 500);
                }
                if (underWay != null) {
                    underWay.accept(operation);
                }
            }
        } catch (LxdException e) {
            if (!e.isMissing(Subject.OPERATION)) {
                throw e;
            }
            if (happened.getAsBoolean()) {
                return Operation.none();
            }
            throw new LxdException(
                    Kind.OUTCOME_UNKNOWN, 0, "GET " + url.path(), "the operation has vanished without its effect", e);
        }
    }

    private Operation look(Url url) {
        int seconds = sliceSeconds(url);
        Request wait = Request.get(url.plus("/wait").with("timeout", Integer.toString(seconds)));
        long sliceEnd = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds) + GRACE_NANOS;
        try {
            return Operation.of(
                    sender.send(wait, Math.min(sliceEnd, sender.deadlineNanos()), RECONNECT_NANOS, ApiReply::read)
                            .object());
        } catch (LxdException e) {
            if (e.status() == 0 || e.isMissing(Subject.OPERATION) || e.is(Kind.FORBIDDEN)) {
                throw e;
            }
            return lookAgain(url, e);
        }
    }

    /** Reads the operation, which shows whether it failed or only the wait took too long. */
    private Operation lookAgain(Url url, LxdException waitFailure) {
        Operation operation;
        try {
            operation =
                    Operation.of(sender.send(Request.get(url), ApiReply::read).object());
        } catch (LxdException e) {
            boolean waitFailed = !waitFailure.is(Kind.WAIT_TIMED_OUT);
            throw e.isMissing(Subject.OPERATION) && waitFailed ? waitFailure : e;
        }
        if (operation.isUnderWay() || operation.hasSucceeded()) {
            return operation;
        }
        throw failed(url, operation, waitFailure.status());
    }

    private static LxdException failed(Url url, Operation operation, int status) {
        String message = operation.error().isEmpty() ? "the operation was cancelled" : operation.error();
        return Failures.of(Request.get(url).name(), status, operation.description() + ": " + message);
    }

    private int sliceSeconds(Url url) {
        long left = sender.deadlineNanos() - System.nanoTime();
        if (left <= 0) {
            throw new LxdException(
                    Kind.TIMED_OUT, 0, "GET " + url.path(), "the operation still ran at the deadline", null);
        }
        return (int) Math.min(MAX_SLICE_SECONDS, 1 + TimeUnit.NANOSECONDS.toSeconds(left));
    }

    private static Url url(String operationUrl) {
        if (!operationUrl.startsWith(PREFIX)) {
            throw new LxdException(Kind.PROTOCOL, 0, "", "the server named no operation to wait for", null);
        }
        return Url.of("/1.0/operations").child(Names.check("operation", Url.lastSegment(operationUrl)));
    }
}
