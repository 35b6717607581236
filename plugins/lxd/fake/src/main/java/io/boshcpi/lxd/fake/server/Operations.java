package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.State;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs background operations. Unless its work takes time, an operation has ended before its request is answered, which
 * keeps tests fast and the same each time; the answer says "Running" all the same, as the servers do.
 */
final class Operations {
    /** The two parts of an operation: what others see while it runs, and its result. */
    interface Work {
        /** At once, with the state's lock held. Throws what makes the operation fail early. */
        default void begin() {}

        /** How long it takes by itself; known after the beginning. */
        default Duration duration() {
            return Duration.ZERO;
        }

        /** At the end, with the state's lock held. */
        void finish(Operation operation);
    }

    private final State state;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Duration lifetime;

    Operations(State state, Duration lifetime) {
        this.state = state;
        this.lifetime = lifetime;
    }

    /** Begins an operation that works on these objects, and answers that it runs. */
    Reply submit(String project, String description, @Nullable JsonObject resources, Work work) {
        @Nullable Object nothing = state.dialect == Dialect.LXD ? null : Map.of();
        Operation operation = new Operation(project, description, resources == null ? nothing : resources);
        synchronized (state) {
            operations.put(operation.id, operation);
            Reply reply = Reply.async(operation.url(), operation.json());
            if (attempt(operation, work::begin)) {
                if (work.duration().isZero()) {
                    complete(operation, work);
                } else {
                    CompletableFuture.delayedExecutor(
                                    work.duration().toMillis(), TimeUnit.MILLISECONDS, Operations::onThreadOfItsOwn)
                            .execute(() -> complete(operation, work));
                }
            }
            return reply;
        }
    }

    /** The common pool has one thread on a small machine (Java 25), and a test may wait in it for the operation. */
    private static void onThreadOfItsOwn(Runnable work) {
        Thread thread = new Thread(work, "operation");
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins one that ends when something else does. */
    Operation begin(String project, String description, JsonObject resources) {
        Operation operation = new Operation(project, description, resources);
        synchronized (state) {
            operations.put(operation.id, operation);
        }
        return operation;
    }

    private void complete(Operation operation, Work work) {
        synchronized (state) {
            if (attempt(operation, () -> work.finish(operation))) {
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

    Operation find(String id) {
        synchronized (state) {
            long deadline = System.nanoTime() - lifetime.toNanos();
            operations.values().removeIf(operation -> operation.endedBefore(deadline));
            Operation operation = operations.get(id);
            if (operation == null) {
                throw ApiError.notFound("Operation not found");
            }
            return operation;
        }
    }

    Iterable<Operation> all() {
        return operations.values();
    }
}
