package io.boshcpi.lxd.client.engine;

import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Operation;
import io.boshcpi.lxd.client.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a session makes. A session has a project and a deadline, and waits for the operations it starts.
 */
public final class Rest {
    private final Sender sender;
    private final OperationWaiter waiter;

    /** The requests of a session. */
    public Rest(Transport transport, String project, long deadlineNanos) {
        this.sender = new Sender(transport, project, deadlineNanos);
        this.waiter = new OperationWaiter(sender);
    }

    /** The same with an earlier deadline; the present one is kept if it comes first. */
    public Rest until(long otherDeadlineNanos) {
        boolean earlier = otherDeadlineNanos - deadlineNanos() < 0;
        return earlier ? new Rest(sender.transport(), project(), otherDeadlineNanos) : this;
    }

    /** The project that every request names. */
    public String project() {
        return sender.project();
    }

    /** When the session ends, in {@link System#nanoTime()}. */
    public long deadlineNanos() {
        return sender.deadlineNanos();
    }

    /** Pauses that end this many nanoseconds from now, or with the session if that ends first. */
    public Pauses pausesWithin(long nanos) {
        return Pauses.until(Math.min(deadlineNanos(), System.nanoTime() + nanos));
    }

    /** Reads an object. */
    public ApiReply get(Url url) {
        return send(Request.get(url));
    }

    /** As {@link #get}, but null if exactly that subject is missing. */
    public @Nullable ApiReply find(Url url, Subject subject) {
        try {
            return get(url);
        } catch (LxdException e) {
            if (isAbsent(e, subject)) {
                return null;
            }
            throw e;
        }
    }

    /**
     * Deletes an object and waits until it is gone. Returns false if exactly that subject is missing.
     *
     * <p>Of two deletions at once, such as a repeated call's beside the one whose caller was killed, the servers let one
     * fail with whatever it met: "btrfs subvolume delete: No such file or directory". So a failure counts only if the
     * object is still there when all operations on it have ended.
     */
    public boolean delete(Url url, Subject subject) {
        try {
            finish(send(Request.delete(url)), () -> find(url, subject) == null);
            return true;
        } catch (LxdException e) {
            if (isAbsent(e, subject)) {
                return false;
            }
            if (e.is(Kind.SERVER_ERROR) && isGoneMeanwhile(url, subject, e)) {
                return true;
            }
            throw e;
        }
    }

    private boolean isGoneMeanwhile(Url url, Subject subject, LxdException failure) {
        try {
            awaitOperationsOn(Url.lastSegment(url.path()));
            return find(url, subject) == null;
        } catch (LxdException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    /** A plain "not found" counts too. A missing project or pool does not, since it says nothing about the object. */
    private static boolean isAbsent(LxdException failure, Subject subject) {
        return failure.isMissing(subject) || failure.isMissing(Subject.OTHER);
    }

    /** Sends a request whose answer is JSON. */
    public ApiReply send(Request request) {
        return send(request, ApiReply::read);
    }

    /** Sends a request whose answer may be something other than JSON. */
    public <T> T send(Request request, ReplyReader<T> reader) {
        return sender.send(request, reader);
    }

    /**
     * Waits for the end of the operation that the answer names, if it names one.
     *
     * @param happened looks at the object, if the operation has vanished
     */
    public Operation finish(ApiReply accepted, BooleanSupplier happened) {
        return finish(accepted, happened, null);
    }

    /**
     * The same for an operation that may take long.
     *
     * @param underWay gets the operation about every half minute while it runs; null if nobody cares
     */
    public Operation finish(ApiReply accepted, BooleanSupplier happened, @Nullable Consumer<Operation> underWay) {
        return accepted.isAsync() ? waiter.await(accepted.operation(), happened, underWay) : Operation.none();
    }

    /**
     * Waits for all operations that work on an object of that name, for a caller whose answer was lost and with it the
     * name of the operation. LXD's URLs of what an operation works on are not always those of the object, hence only
     * the name.
     */
    public void awaitOperationsOn(String name) {
        for (Operation operation : operations()) {
            if (operation.isUnderWay() && worksOn(operation, name)) {
                waiter.await(OperationWaiter.PREFIX + operation.id(), () -> true, null);
            }
        }
    }

    /**
     * Waits for all operations that may write to a volume of that name, whether they succeed or fail. Copies within a server
     * do not say what they write to, so each of them is waited for.
     */
    public void awaitEndOfWritesTo(String name) {
        for (Operation operation : operations()) {
            boolean mayWrite = worksOn(operation, name) || isSilentCopy(operation);
            if (operation.isUnderWay() && mayWrite) {
                try {
                    waiter.await(OperationWaiter.PREFIX + operation.id(), () -> true, null);
                } catch (LxdException e) {
                    if (e.status() == 0) {
                        throw e; // The operation has not failed, but the wait for it.
                    }
                }
            }
        }
    }

    /** The operations of the project, which the server groups by status. */
    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Object group :
                get(Url.of("/1.0/operations").with("recursion", "1")).object().values()) {
            for (Object json : group instanceof List<?> list ? list : List.of()) {
                operations.add(Operation.of(Json.members(json)));
            }
        }
        return operations;
    }

    private static boolean isSilentCopy(Operation operation) {
        return operation.description().equals("Copying storage volume")
                && operation.resources().isEmpty();
    }

    private static boolean worksOn(Operation operation, String name) {
        for (String resource : operation.resources()) {
            if (Url.lastSegment(resource).equals(name)) {
                return true;
            }
        }
        return false;
    }
}
