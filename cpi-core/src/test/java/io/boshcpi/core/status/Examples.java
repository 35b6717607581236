package io.boshcpi.core.status;

import io.boshcpi.spi.ErrorType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Statuses that tests look at. */
final class Examples {
    private Examples() {}

    static CallMetrics calls() {
        CallMetrics calls = new CallMetrics();
        calls.record("create_vm", null, Duration.ofMillis(1500).toNanos());
        calls.record("create_vm", null, Duration.ofSeconds(2).toNanos());
        calls.record("create_vm", ErrorType.CLOUD_ERROR, Duration.ofSeconds(20).toNanos());
        calls.record("has_vm", null, Duration.ofMillis(4).toNanos());
        calls.record("info", ErrorType.CPI_ERROR, Duration.ofMillis(1).toNanos());
        calls.refuse(Refusal.BUILD);
        calls.refuse(Refusal.BUILD);
        return calls;
    }

    static HostStatus status(CallMetrics calls) {
        return status(calls, "/run/cpi.sock");
    }

    static HostStatus status(CallMetrics calls, String socket) {
        return new HostStatus(
                new HostStatus.Identity("1.2.3", "abc", 4711, Path.of("/etc/cpi.json"), Path.of(socket)),
                Instant.parse("2026-11-01T10:00:00Z"),
                Duration.ofSeconds(93784),
                calls.running(),
                calls.ended(),
                calls.refused(),
                new HostStatus.Queue(3, 64, 192, 2048, 24576),
                Map.of("cloud", 2),
                new Resources(20 << 20, 30 << 20, 64 << 20, 90L << 20, 12L, 40L, Duration.ofMillis(2500)));
    }
}
