package io.boshcpi.core.status;

import io.boshcpi.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The status as one JSON object. Times are in seconds, sizes in bytes. */
final class StatusJson {
    private StatusJson() {}

    static String of(HostStatus status) {
        HostStatus.Identity identity = status.identity();
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("version", identity.version());
        object.put("build", identity.build());
        object.put("pid", identity.pid());
        object.put("configuration", identity.configuration().toString());
        object.put("socket", identity.socket().toString());
        object.put("started_at", status.startedAt().toString());
        object.put("uptime", seconds(status.uptime()));
        object.put("running", running(status.running()));
        object.put("queue", queue(status.queue()));
        object.put("refused", new LinkedHashMap<>(Methods.happened(status.refused())));
        object.put("methods", methods(status.ended()));
        object.put("errors", new LinkedHashMap<>(Methods.byError(status.ended())));
        object.put("providers", providers(status.providers()));
        object.put("memory", memory(status.resources()));
        object.put("process", process(status.resources()));
        return Json.write(object) + "\n";
    }

    private static List<Object> running(List<HostStatus.RunningCall> calls) {
        List<Object> rows = new ArrayList<>();
        for (HostStatus.RunningCall call : calls) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("method", call.method());
            row.put("request_id", call.requestId());
            row.put("seconds", seconds(call.seconds()));
            rows.add(row);
        }
        return rows;
    }

    private static Map<String, Object> queue(HostStatus.Queue queue) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("waiting", queue.waiting());
        row.put("max_running", queue.maxRunning());
        row.put("max_waiting", queue.maxWaiting());
        row.put("request_memory", (long) queue.requestKib() << 10);
        row.put("max_request_memory", (long) queue.maxRequestKib() << 10);
        return row;
    }

    private static Map<String, Object> methods(List<HostStatus.EndedCalls> ended) {
        Map<String, Object> rows = new LinkedHashMap<>();
        Methods.byMethod(ended).forEach((method, total) -> {
            Latency.Snapshot latency = total.latency();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("calls", latency.count());
            row.put("errors", total.errors());
            row.put("p50", seconds(latency.quantile(0.5)));
            row.put("p95", seconds(latency.quantile(0.95)));
            row.put("p99", seconds(latency.quantile(0.99)));
            row.put("max", seconds(latency.max()));
            row.put("sum", seconds(latency.sum()));
            rows.put(method, row);
        });
        return rows;
    }

    private static List<Object> providers(Map<String, Integer> providers) {
        List<Object> rows = new ArrayList<>();
        providers.forEach((name, open) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", name);
            row.put("configurations", open);
            rows.add(row);
        });
        return rows;
    }

    private static Map<String, @Nullable Object> memory(Resources resources) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("heap_used", resources.heapUsed());
        row.put("heap_committed", resources.heapCommitted());
        row.put("heap_limit", resources.heapLimit());
        row.put("resident", resources.residentBytes());
        return row;
    }

    private static Map<String, @Nullable Object> process(Resources resources) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("threads", resources.threads());
        row.put("open_files", resources.openFiles());
        row.put("cpu", resources.cpu() == null ? null : seconds(resources.cpu()));
        return row;
    }

    private static BigDecimal seconds(Duration duration) {
        return seconds(duration.toNanos() / 1e9);
    }

    /** To the tenth of a millisecond. */
    private static BigDecimal seconds(double seconds) {
        return BigDecimal.valueOf(seconds).setScale(4, RoundingMode.HALF_UP);
    }
}
