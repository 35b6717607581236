package io.boshcpi.core.status;

import io.boshcpi.spi.ErrorType;
import java.util.ArrayList;
import java.util.List;

/**
 * The status as metrics of Prometheus. Names are those of OpenTelemetry's semantic conventions where it has one, written
 * as its specification of the Prometheus exporter says; the others begin with {@code bosh_cpi_}.
 *
 * <p>Every sample has the labels {@code service_name} and {@code service_instance_id}: a collector of text files adds no
 * label that would tell the files of several hosts apart, or these metrics from another program's of the same name.
 */
final class PrometheusStatus {
    private static final String SERVICE = "bosh-cpi";
    private static final String CALL_DURATION = "rpc_server_call_duration_seconds";

    private final PrometheusText text;

    private PrometheusStatus(HostStatus status) {
        text = new PrometheusText(
                "service_name",
                SERVICE,
                "service_instance_id",
                status.identity().socket().toString());
    }

    static String of(HostStatus status) {
        PrometheusStatus metrics = new PrometheusStatus(status);
        metrics.addHost(status);
        metrics.addCalls(status);
        metrics.addLoad(status);
        metrics.addResources(status.resources());
        return metrics.text.toString();
    }

    private void addHost(HostStatus status) {
        text.gauge(
                "bosh_cpi_host_info",
                "The resident host that tells these metrics; always 1.",
                1,
                "service_version",
                status.identity().version(),
                "build",
                status.identity().build());
        text.gauge(
                "process_uptime_seconds",
                "Time since the host began to listen.",
                status.uptime().toNanos() / 1e9);
    }

    private void addCalls(HostStatus status) {
        text.metric(CALL_DURATION, "histogram", "Duration of calls, from the whole request to the response.");
        for (HostStatus.EndedCalls calls : status.ended()) {
            List<String> labels = new ArrayList<>(List.of("rpc_system_name", SERVICE, "rpc_method", calls.method()));
            ErrorType error = calls.error();
            if (error != null) {
                labels.addAll(List.of("error_type", error.wireName()));
            }
            text.histogram(CALL_DURATION, calls.latency(), labels.toArray(new String[0]));
        }
        text.metric(
                "bosh_cpi_calls_refused_total",
                "counter",
                "Calls that the host refused, so that they ran in a process of their own.");
        status.refused()
                .forEach((reason, count) ->
                        text.sample("bosh_cpi_calls_refused_total", count, "reason", reason.label()));
    }

    private void addLoad(HostStatus status) {
        HostStatus.Queue queue = status.queue();
        text.gauge(
                "bosh_cpi_calls_running", "Calls under way.", status.running().size());
        text.gauge("bosh_cpi_calls_running_limit", "How many calls may be under way.", queue.maxRunning());
        text.gauge(
                "bosh_cpi_calls_longest_running_seconds",
                "How long the oldest of the calls under way has lasted.",
                status.running().isEmpty() ? 0 : status.running().get(0).seconds());
        text.gauge("bosh_cpi_calls_waiting", "Requests that wait for a thread.", queue.waiting());
        text.gauge("bosh_cpi_calls_waiting_limit", "How many requests may wait.", queue.maxWaiting());
        text.gauge(
                "bosh_cpi_request_memory_bytes",
                "Memory reserved for the requests under way.",
                1024.0 * queue.requestKib());
        text.gauge(
                "bosh_cpi_request_memory_limit_bytes",
                "How much memory can be reserved for requests.",
                1024.0 * queue.maxRequestKib());
        text.metric("bosh_cpi_provider_configurations", "gauge", "Open configurations of each loaded provider.");
        status.providers()
                .forEach((name, open) -> text.sample("bosh_cpi_provider_configurations", open, "provider", name));
    }

    private void addResources(Resources resources) {
        text.gauge("jvm_memory_used_bytes", "Memory in use.", resources.heapUsed(), "jvm_memory_type", "heap");
        text.gauge(
                "jvm_memory_committed_bytes",
                "Memory committed.",
                resources.heapCommitted(),
                "jvm_memory_type",
                "heap");
        text.gauge("jvm_memory_limit_bytes", "The most memory.", resources.heapLimit(), "jvm_memory_type", "heap");
        if (resources.residentBytes() != null) {
            text.gauge("process_memory_usage_bytes", "Physical memory in use.", resources.residentBytes());
        }
        if (resources.threads() != null) {
            text.gauge("process_thread_count", "Threads.", resources.threads());
        }
        if (resources.openFiles() != null) {
            text.gauge("process_unix_file_descriptor_count", "File descriptors in use.", resources.openFiles());
        }
        if (resources.cpu() != null) {
            text.metric("process_cpu_time_seconds_total", "counter", "Processor time.");
            text.sample("process_cpu_time_seconds_total", resources.cpu().toNanos() / 1e9);
        }
    }
}
