package io.boshcpi.lxd.client;

import io.boshcpi.json.Json;
import io.boshcpi.json.MalformedJsonException;
import io.boshcpi.lxd.client.LxdException.Kind;
import io.boshcpi.lxd.client.LxdException.Subject;
import io.boshcpi.lxd.client.model.Operation;
import io.boshcpi.lxd.client.transport.HttpCall;
import io.boshcpi.lxd.client.transport.HttpReply;
import io.boshcpi.lxd.client.transport.NotSentException;
import io.boshcpi.lxd.client.transport.Transport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests of one session and reads their envelopes.
 *
 * <p>What was not sent at all, and what may be repeated, is sent again for a short while if the connection fails: a server that
 * restarts is back in two or three seconds. Any other request whose answer is lost is an
 * {@link Kind#OUTCOME_UNKNOWN}, which the caller resolves by looking.
 */
final class Rest {
    private static final Logger LOG = LoggerFactory.getLogger(Rest.class);
    private static final long LONGEST_ANSWER = 64L << 20;
    private static final int LONGEST_MESSAGE = 2000;
    private static final long CONNECT_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Transport transport;
    private final String project;
    private final long deadlineNanos;

    Rest(Transport transport, String project, long deadlineNanos) {
        this.transport = transport;
        this.project = project;
        this.deadlineNanos = deadlineNanos;
    }

    String project() {
        return project;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    ApiReply get(Url url) {
        return send(Request.get(url));
    }

    /** As {@link #get}, but null if exactly that subject is missing. */
    @Nullable
    ApiReply find(Url url, Subject subject) {
        try {
            return get(url);
        } catch (LxdException e) {
            if (isAbsent(e, subject)) {
                return null;
            }
            throw e;
        }
    }

    /** Deletes and waits for the end of it. False if exactly that subject is missing. */
    boolean delete(Url url, Subject subject) {
        try {
            finish(send(Request.delete(url)), () -> find(url, subject) == null);
            return true;
        } catch (LxdException e) {
            if (isAbsent(e, subject)) {
                return false;
            }
            throw e;
        }
    }

    /** A plain "not found" counts too; a missing project or pool does not, because then nobody knows about the object. */
    private static boolean isAbsent(LxdException failure, Subject subject) {
        return failure.isMissing(subject) || failure.isMissing(Subject.OTHER);
    }

    ApiReply send(Request request) {
        return send(request, deadlineNanos, CONNECT_PATIENCE_NANOS, Rest::envelope);
    }

    <T> T send(Request request, AnswerReader<T> reader) {
        return send(request, deadlineNanos, CONNECT_PATIENCE_NANOS, reader);
    }

    /**
     * Sends a request.
     *
     * @param callDeadlineNanos when one attempt has taken too long; past it the next follows, until the session's deadline
     * @param patienceNanos how long to go on while the server cannot be reached
     */
    <T> T send(Request request, long callDeadlineNanos, long patienceNanos, AnswerReader<T> reader) {
        HttpCall call = new HttpCall(
                request.method(), request.url().with("project", project).target(), request.headers(), request.body());
        Pauses pauses = null;
        while (true) {
            refuseIfLate(request);
            LxdException failure;
            boolean again;
            try (HttpReply reply = transport.exchange(call, callDeadlineNanos)) {
                LOG.debug("{} -> {}", call, reply.status());
                return reader.read(request, reply);
            } catch (NotSentException e) {
                failure = notSent(request, e);
                again = e.isWorthRetrying();
            } catch (LxdException e) {
                failure = e;
                again = e.is(Kind.UNREACHABLE); // starting or shutting down, and says so
            } catch (IOException e) {
                failure = lost(request, e);
                again = request.repeatable() && failure.is(Kind.OUTCOME_UNKNOWN);
            }
            if (pauses == null) {
                pauses = Pauses.until(Math.min(deadlineNanos, System.nanoTime() + patienceNanos));
            }
            if (!again || !pauses.pause()) {
                throw failure;
            }
            LOG.debug("{}, trying again", failure.getMessage());
        }
    }

    /** Waits for the end of the operation that the answer names, if it names one. */
    Operation finish(ApiReply accepted, BooleanSupplier happened) {
        return accepted.isAsync() ? new OperationWaiter(this).await(accepted.operation(), happened) : Operation.none();
    }

    /** Operations of the project; the server groups them by what they are doing. */
    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Object group :
                get(Url.of("/1.0/operations").with("recursion", "1")).object().values()) {
            for (Object json : group instanceof List<?> list ? list : List.of()) {
                operations.add(Operation.of(Json.members(json)));
            }
        }
        return operations;
    }

    /**
     * Waits for all operations that work on an object of that name. To be called when it is not known which operation an answer
     * named that got lost. LXD's URLs of what an operation works on are not always those of the object, hence the name only.
     */
    void awaitOperationsOn(String name) {
        for (Operation operation : operations()) {
            if (operation.isUnderWay() && worksOn(operation, name)) {
                new OperationWaiter(this).await("/1.0/operations/" + operation.id(), () -> true);
            }
        }
    }

    private static boolean worksOn(Operation operation, String name) {
        for (String resource : operation.resources()) {
            if (Url.lastSegment(resource).equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Reads the envelope, and throws what it says if it says that the request failed. */
    static ApiReply envelope(Request request, HttpReply reply) throws IOException {
        try {
            ApiReply answer = ApiReply.of(
                    reply.status(),
                    Json.readObject(new BoundedStream(reply.body(), LONGEST_ANSWER)),
                    reply.header("ETag"));
            if (answer.isError()) {
                throw failure(request, answer.status(), answer.error());
            }
            if (answer.isEnvelope()) {
                return answer;
            }
            throw notUnderstood(request, reply.status(), null);
        } catch (MalformedJsonException | BoundedStream.TooLongException e) {
            throw notUnderstood(request, reply.status(), e);
        }
    }

    static LxdException failure(Request request, int status, String message) {
        return new LxdException(Failures.kindOf(status, message), status, request.name(), shortened(message), null);
    }

    /** The servers quote whole outputs of programs; what matters stands at the beginning and at the end. */
    private static String shortened(String message) {
        int length = message.length();
        return length <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE / 2) + " [...] "
                        + message.substring(length - LONGEST_MESSAGE / 2);
    }

    private static LxdException notUnderstood(Request request, int status, @Nullable Throwable cause) {
        return new LxdException(
                Kind.PROTOCOL,
                status,
                request.name(),
                "the answer (HTTP " + status + ") is not one of LXD or Incus",
                cause);
    }

    private void refuseIfLate(Request request) {
        if (System.nanoTime() - deadlineNanos >= 0) {
            throw new LxdException(Kind.TIMED_OUT, 0, request.name(), "the deadline has passed", null);
        }
    }

    private LxdException notSent(Request request, NotSentException e) {
        Kind kind = Kind.UNREACHABLE;
        if (e.getCause() instanceof SSLException) {
            kind = Kind.UNTRUSTED;
        } else if (Thread.currentThread().isInterrupted()) {
            kind = Kind.INTERRUPTED;
        } else if (System.nanoTime() - deadlineNanos >= 0) {
            kind = Kind.TIMED_OUT;
        }
        return new LxdException(kind, 0, request.name(), String.valueOf(e.getMessage()), e);
    }

    private LxdException lost(Request request, IOException e) {
        Kind kind = Kind.OUTCOME_UNKNOWN;
        if (Thread.currentThread().isInterrupted()) {
            kind = Kind.INTERRUPTED;
        } else if (e instanceof InterruptedIOException && System.nanoTime() - deadlineNanos >= 0) {
            kind = Kind.TIMED_OUT;
        }
        return new LxdException(kind, 0, request.name(), "no complete answer: " + e.getMessage(), e);
    }

    /** Makes something of an answer. The answer is closed by the caller. */
    interface AnswerReader<T> {
        T read(Request request, HttpReply reply) throws IOException;
    }
}
