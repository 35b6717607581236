package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.JsonObject;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A background operation. Guarded by the lock of its {@link Operations}, except for {@link #await}. */
final class Operation {
    final String id = UUID.randomUUID().toString();
    final String project;
    private final String description;
    private final @Nullable Object resources;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable JsonObject metadata;
    private @Nullable ApiError failure;
    private long endedAtNanos;

    Operation(String project, String description, @Nullable Object resources) {
        this.project = project;
        this.description = description;
        this.resources = resources;
    }

    String url() {
        return "/1.0/operations/" + id;
    }

    void metadata(JsonObject values) {
        metadata = values;
    }

    void end(@Nullable ApiError error) {
        failure = error;
        endedAtNanos = System.nanoTime();
        ended.countDown();
    }

    private boolean hasEnded() {
        return ended.getCount() == 0;
    }

    boolean endedBefore(long nanos) {
        return hasEnded() && endedAtNanos - nanos <= 0;
    }

    @Nullable
    ApiError failure() {
        return failure;
    }

    /** Waits for the end; false if it does not come in time. */
    boolean await(long seconds) {
        try {
            return ended.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    String status() {
        return hasEnded() ? (failure == null ? "Success" : "Failure") : "Running";
    }

    JsonObject json() {
        return JsonObject.of("id", id)
                .and("class", "task")
                .and("description", description)
                .and("status", status())
                .and("status_code", hasEnded() ? (failure == null ? 200 : 400) : 103)
                .and("resources", resources)
                .and("metadata", metadata)
                .and("may_cancel", false)
                .and("err", failure == null ? "" : failure.text())
                .and("location", "none");
    }
}
