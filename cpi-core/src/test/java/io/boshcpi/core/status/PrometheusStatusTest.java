package io.boshcpi.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.spi.ErrorType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrometheusStatusTest {
    private static final String DURATION = "rpc_server_call_duration_seconds";

    private static String text(HostStatus status) {
        return new String(StatusFormat.PROMETHEUS.render(status), StandardCharsets.UTF_8);
    }

    @Test
    void callsAreAHistogramByMethodAndTypeOfError() {
        Exposition metrics = Exposition.parse(text(Examples.status(Examples.calls())));

        String ok = "rpc_method=\"create_vm\"}";
        assertThat(metrics.types()).containsEntry(DURATION, "histogram");
        assertThat(metrics.value(DURATION + "_count", ok)).isEqualTo(2);
        assertThat(metrics.value(DURATION + "_sum", ok)).isEqualTo(3.5);
        assertThat(metrics.value(DURATION + "_bucket", "rpc_method=\"create_vm\",le=\"1\""))
                .isZero();
        assertThat(metrics.value(DURATION + "_bucket", "rpc_method=\"create_vm\",le=\"2.5\""))
                .isEqualTo(2);
        assertThat(metrics.value(DURATION + "_count", "error_type=\"Bosh::Clouds::CloudError\""))
                .isEqualTo(1);
    }

    @Test
    void everythingElseIsThereInBaseUnits() {
        Exposition metrics = Exposition.parse(text(Examples.status(Examples.calls())));

        assertThat(metrics.value("bosh_cpi_host_info", "service_version=\"1.2.3\"", "build=\"abc\""))
                .isEqualTo(1);
        assertThat(metrics.value("process_uptime_seconds")).isEqualTo(93784);
        assertThat(metrics.value("bosh_cpi_calls_refused_total", "reason=\"build\""))
                .isEqualTo(2);
        assertThat(metrics.value("bosh_cpi_calls_refused_total", "reason=\"memory\""))
                .isZero();
        assertThat(metrics.value("bosh_cpi_calls_waiting")).isEqualTo(3);
        assertThat(metrics.value("bosh_cpi_request_memory_bytes")).isEqualTo(2 << 20);
        assertThat(metrics.value("bosh_cpi_provider_configurations", "provider=\"cloud\""))
                .isEqualTo(2);
        assertThat(metrics.value("jvm_memory_used_bytes", "jvm_memory_type=\"heap\""))
                .isEqualTo(20 << 20);
        assertThat(metrics.value("process_memory_usage_bytes")).isEqualTo(90 << 20);
        assertThat(metrics.value("process_cpu_time_seconds_total")).isEqualTo(2.5);
    }

    @Test
    void labelsTellTheFilesOfSeveralHostsApart() {
        Exposition metrics = Exposition.parse(text(Examples.status(Examples.calls())));

        assertThat(metrics.samples().keySet())
                .allMatch(
                        sample -> sample.contains("{service_name=\"bosh-cpi\",service_instance_id=\"/run/cpi.sock\""));
    }

    @Test
    void valuesOfLabelsAreEscaped() {
        Exposition metrics = Exposition.parse(text(Examples.status(new CallMetrics(), "/run/a\"b\\c\nd")));

        assertThat(metrics.value("process_uptime_seconds", "service_instance_id=\"/run/a\\\"b\\\\c\\nd\""))
                .isEqualTo(93784);
    }

    @Test
    void aHostThatHasAnsweredNothingHasNoHistogramAndIsStillWellFormed() {
        Exposition metrics = Exposition.parse(text(Examples.status(new CallMetrics())));

        assertThat(metrics.types()).containsKey(DURATION);
        assertThat(metrics.samples().keySet()).noneMatch(sample -> sample.startsWith(DURATION));
        assertThat(metrics.value("bosh_cpi_calls_longest_running_seconds")).isZero();
    }

    @Test
    void aNameThatIsNoMethodAndAnIdOfARequestAreInNoLabel() {
        CallMetrics calls = new CallMetrics();
        CallUnderWay call = new CallUnderWay();
        calls.begin(call);
        call.received("hunter2", "cpi-secret");
        CallUnderWay other = new CallUnderWay();
        calls.begin(other);
        other.received("hunter3", "cpi-secret");
        calls.end(other, ErrorType.NOT_IMPLEMENTED);

        assertThat(text(Examples.status(calls)))
                .doesNotContain("hunter", "secret")
                .contains("_OTHER");
    }
}
