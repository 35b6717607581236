package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A background operation. Guarded by the lock of its {@link Operations}, except for {@link #await}. */
public final class Operation {
    public final String id = UUID.randomUUID().toString();
    public final String project;
    private final String description;
    private final @Nullable Object resources;
    private final String createdAt = Instant.now().toString();
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Map<String, Object> metadata;
    private @Nullable ApiError failure;
    private String updatedAt = createdAt;
    private long endedAtNanos;

    public Operation(String project, String description, @Nullable Object resources) {
        this.project = project;
        this.description = description;
        this.resources = resources;
    }

    public String description() {
        return description;
    }

    public String url() {
        return "/1.0/operations/" + id;
    }

    public void metadata(Map<String, Object> values) {
        metadata = values;
    }

    public void end(@Nullable ApiError error) {
        failure = error;
        updatedAt = Instant.now().toString();
        endedAtNanos = System.nanoTime();
        ended.countDown();
    }

    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    public boolean endedBefore(long nanos) {
        return hasEnded() && endedAtNanos - nanos <= 0;
    }

    @Nullable
    public ApiError failure() {
        return failure;
    }

    /** Waits for the end; negative seconds mean without limit. */
    public boolean await(long seconds) {
        try {
            if (seconds < 0) {
                ended.await();
                return true;
            }
            return ended.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public String status() {
        return hasEnded() ? (failure == null ? "Success" : "Failure") : "Running";
    }

    public Map<String, Object> json() {
        int code = hasEnded() ? (failure == null ? 200 : 400) : 103;
        return JsonObject.of("id", id)
                .and("class", "task")
                .and("description", description)
                .and("created_at", createdAt)
                .and("updated_at", updatedAt)
                .and("status", status())
                .and("status_code", code)
                .and("resources", resources)
                .and("metadata", metadata)
                .and("may_cancel", false)
                .and("err", failure == null ? "" : failure.text())
                .and("location", "none");
    }
}
