package io.boshcpi.lxd.client.engine;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.transport.HttpCall;
import io.boshcpi.lxd.client.transport.HttpReply;
import io.boshcpi.lxd.client.transport.NotSentException;
import io.boshcpi.lxd.client.transport.Transport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the requests of one session, again where that is safe.
 *
 * <p>If the connection fails, a request that was not sent at all, or that may be repeated, is sent again for a short
 * while: a restarting server is back in two or three seconds. Any other request whose answer is lost is an {@link
 * Kind#OUTCOME_UNKNOWN}, which the caller resolves by looking at the object.
 */
final class Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final long RECONNECT_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** A cluster refuses requests for a member for some ten seconds after it has come back. */
    private static final long MEMBER_RECONNECT_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Transport transport;
    private final String project;
    private final long deadlineNanos;

    Sender(Transport transport, String project, long deadlineNanos) {
        this.transport = transport;
        this.project = project;
        this.deadlineNanos = deadlineNanos;
    }

    Transport transport() {
        return transport;
    }

    String project() {
        return project;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    <T> T send(Request request, ReplyReader<T> reader) {
        return send(request, deadlineNanos, RECONNECT_NANOS, reader);
    }

    /**
     * Sends a request.
     *
     * @param attemptDeadlineNanos when one attempt has taken too long; then the next follows, until the session's
     *     deadline
     * @param reconnectNanos how long to try while the server cannot be reached
     */
    <T> T send(Request request, long attemptDeadlineNanos, long reconnectNanos, ReplyReader<T> reader) {
        HttpCall call = new HttpCall(
                request.method(), request.url().with("project", project).target(), request.headers(), request.body());
        Pauses pauses = null;
        while (true) {
            refuseIfLate(request);
            LxdException failure;
            boolean again;
            long start = System.nanoTime();
            try (HttpReply reply = transport.exchange(call, attemptDeadlineNanos)) {
                if (LOG.isDebugEnabled()) {
                    LOG.debug("{} -> {} after {} ms", call, reply.status(), millisSince(start));
                }
                return reader.read(request, reply);
            } catch (NotSentException e) {
                failure = notSent(request, e);
                again = e.isWorthRetrying();
            } catch (LxdException e) {
                failure = e;
                // The server, or the cluster's member that it would ask, is starting or shutting down.
                again = e.is(Kind.UNREACHABLE) || e.is(Kind.MEMBER_UNREACHABLE);
            } catch (IOException e) {
                failure = lost(request, e);
                again = request.repeatable() && failure.is(Kind.OUTCOME_UNKNOWN);
            }
            if (LOG.isDebugEnabled()) {
                LOG.debug("{} failed after {} ms: {}", call, millisSince(start), failure.getMessage());
            }
            if (pauses == null) {
                long patience = failure.is(Kind.MEMBER_UNREACHABLE)
                        ? Math.max(reconnectNanos, MEMBER_RECONNECT_NANOS)
                        : reconnectNanos;
                pauses = Pauses.until(Math.min(deadlineNanos, System.nanoTime() + patience));
            }
            if (!again || !pauses.pause()) {
                throw failure;
            }
            LOG.debug("{} is sent again", call);
        }
    }

    /** To the tenth of a millisecond. */
    private static double millisSince(long startNanos) {
        return Math.round((System.nanoTime() - startNanos) / 1e5) / 10.0;
    }

    private void refuseIfLate(Request request) {
        if (isLate()) {
            throw new LxdException(Kind.TIMED_OUT, 0, request.name(), "the deadline has passed", null);
        }
    }

    private LxdException notSent(Request request, NotSentException e) {
        Kind kind = switch (e.reason()) {
            case UNTRUSTED -> Kind.UNTRUSTED;
            case OLD_TLS -> Kind.UNSUPPORTED;
            case INTERRUPTED -> Kind.INTERRUPTED;
            default -> isLate() ? Kind.TIMED_OUT : Kind.UNREACHABLE;
        };
        return new LxdException(kind, 0, request.name(), String.valueOf(e.getMessage()), e);
    }

    private LxdException lost(Request request, IOException e) {
        Kind kind = Kind.OUTCOME_UNKNOWN;
        if (Thread.currentThread().isInterrupted()) {
            kind = Kind.INTERRUPTED;
        } else if (e instanceof InterruptedIOException && isLate()) {
            kind = Kind.TIMED_OUT;
        }
        return new LxdException(kind, 0, request.name(), "no complete answer: " + e.getMessage(), e);
    }

    private boolean isLate() {
        return System.nanoTime() - deadlineNanos >= 0;
    }
}
