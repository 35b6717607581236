package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs background operations. Unless its work takes time, an operation has ended before its request is answered, which keeps
 * tests fast and the same each time; the answer says "Running" all the same, as the servers do.
 */
public final class Operations {
    /** The two parts of an operation: what others see while it runs, and its result. */
    public interface Work {
        /** At once, with the state's lock held. Throws what makes the operation fail early. */
        default void begin() {}

        /** How long it takes by itself; known after the beginning. */
        default Duration duration() {
            return Duration.ZERO;
        }

        /** At the end, with the state's lock held. */
        void finish(Operation operation);
    }

    private final Object lock;
    private final Dialect dialect;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Duration lifetime;

    public Operations(Object lock, Dialect dialect, Duration lifetime) {
        this.lock = lock;
        this.dialect = dialect;
        this.lifetime = lifetime;
    }

    public Reply submit(String project, String description, @Nullable Object resources, Work work) {
        Operation operation =
                new Operation(project, description, resources == null ? dialect.noResources() : resources);
        synchronized (lock) {
            operations.put(operation.id, operation);
            Reply reply = Reply.async(operation.url(), operation.json());
            if (attempt(operation, work::begin)) {
                if (work.duration().isZero()) {
                    complete(operation, work);
                } else {
                    CompletableFuture.delayedExecutor(work.duration().toMillis(), TimeUnit.MILLISECONDS)
                            .execute(() -> complete(operation, work));
                }
            }
            return reply;
        }
    }

    private void complete(Operation operation, Work work) {
        synchronized (lock) {
            boolean forgotten = operation.hasEnded() || !operations.containsKey(operation.id);
            if (!forgotten && attempt(operation, () -> work.finish(operation))) {
                operation.end(null);
            }
        }
    }

    private static boolean attempt(Operation operation, Runnable part) {
        try {
            part.run();
            return true;
        } catch (ApiError e) {
            operation.end(e);
            return false;
        }
    }

    public Operation find(String id) {
        synchronized (lock) {
            long deadline = System.nanoTime() - lifetime.toNanos();
            operations.values().removeIf(operation -> operation.endedBefore(deadline));
            Operation operation = operations.get(id);
            if (operation == null) {
                throw ApiError.notFound("Operation not found");
            }
            return operation;
        }
    }

    public Iterable<Operation> all() {
        return operations.values();
    }

    /** As a restart of the server: running operations stop where they are, and all are forgotten. */
    public void forget() {
        synchronized (lock) {
            ApiError lost = ApiError.internal("The server was restarted");
            operations.values().stream()
                    .filter(operation -> !operation.hasEnded())
                    .forEach(o -> o.end(lost));
            operations.clear();
        }
    }
}
