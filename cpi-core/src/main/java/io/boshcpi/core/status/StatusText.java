package io.boshcpi.core.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The status as lines for people. */
final class StatusText {
    /** Of the calls under way, only those that have lasted longest are shown. */
    private static final int MAX_RUNNING = 10;

    private final StringBuilder lines = new StringBuilder();

    private StatusText() {}

    static String of(HostStatus status) {
        StatusText text = new StatusText();
        text.add(status);
        return text.lines.toString();
    }

    private void add(HostStatus status) {
        HostStatus.Identity identity = status.identity();
        line("version", "%s (build %s)", identity.version(), identity.build());
        line("uptime", "%s, since %s, process %d", uptime(status.uptime()), status.startedAt(), identity.pid());
        line("configuration", "%s", identity.configuration());
        line("socket", "%s", identity.socket());
        addLoad(status);
        line("refused", "%s", counts(Methods.happened(status.refused())));
        line("errors", "%s", counts(Methods.byError(status.ended())));
        line("providers", "%s", providers(status.providers()));
        addResources(status.resources());
        addMethods(Methods.byMethod(status.ended()));
    }

    private void addLoad(HostStatus status) {
        HostStatus.Queue queue = status.queue();
        line(
                "calls",
                "%d running of %d, %d waiting of %d, their requests take %s of %s",
                status.running().size(),
                queue.maxRunning(),
                queue.waiting(),
                queue.maxWaiting(),
                size((long) queue.requestKib() << 10),
                size((long) queue.maxRequestKib() << 10));
        status.running().stream()
                .limit(MAX_RUNNING)
                .forEach(call ->
                        line("", "%s for %s, request %s", call.method(), time(call.seconds()), call.requestId()));
    }

    private void addResources(Resources resources) {
        line(
                "memory",
                "%s resident; heap %s used, %s committed, %s at most",
                optional(resources.residentBytes() == null ? null : size(resources.residentBytes())),
                size(resources.heapUsed()),
                size(resources.heapCommitted()),
                size(resources.heapLimit()));
        line(
                "process",
                "%s threads, %s open files, %s of processor time",
                optional(resources.threads()),
                optional(resources.openFiles()),
                optional(resources.cpu() == null ? null : time(resources.cpu().toNanos() / 1e9)));
    }

    private void addMethods(Map<String, Methods.Total> methods) {
        if (methods.isEmpty()) {
            return;
        }
        add("%n%-30s %8s %8s %9s %9s %9s %9s%n", "method", "calls", "errors", "p50", "p95", "p99", "max");
        methods.forEach((method, total) -> {
            Latency.Snapshot latency = total.latency();
            add(
                    "%-30s %8d %8d %9s %9s %9s %9s%n",
                    method,
                    latency.count(),
                    total.errors(),
                    time(latency.quantile(0.5)),
                    time(latency.quantile(0.95)),
                    time(latency.quantile(0.99)),
                    time(latency.max()));
        });
    }

    private void line(String title, String format, Object... values) {
        add("%-15s %s%n", title, String.format(Locale.ROOT, format, values));
    }

    private void add(String format, Object... values) {
        lines.append(String.format(Locale.ROOT, format, values));
    }

    private static String counts(Map<String, Long> counts) {
        List<String> parts = new ArrayList<>();
        counts.forEach((name, count) -> parts.add(count + " " + name));
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    private static String providers(Map<String, Integer> providers) {
        List<String> parts = new ArrayList<>();
        providers.forEach(
                (name, open) -> parts.add(name + " (" + open + (open == 1 ? " configuration)" : " configurations)")));
        return parts.isEmpty() ? "none loaded" : String.join(", ", parts);
    }

    private static String optional(@Nullable Object value) {
        return value == null ? "unknown" : value.toString();
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }

    private static String time(double seconds) {
        if (seconds < 1) {
            return String.format(Locale.ROOT, "%.1f ms", seconds * 1000);
        }
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    private static String uptime(Duration uptime) {
        return String.format(
                Locale.ROOT,
                "%d d %02d:%02d:%02d",
                uptime.toDays(),
                uptime.toHoursPart(),
                uptime.toMinutesPart(),
                uptime.toSecondsPart());
    }
}
