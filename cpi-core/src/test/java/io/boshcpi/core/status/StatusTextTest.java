package io.boshcpi.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.rpc.Documents;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    private static CallMetrics withOneUnderWay() {
        CallMetrics calls = Examples.calls();
        CallUnderWay call = new CallUnderWay();
        calls.begin(call);
        call.received("attach_disk", "cpi-42");
        return calls;
    }

    private static Map<?, ?> json() {
        byte[] bytes = StatusFormat.JSON.render(Examples.status(withOneUnderWay()));
        return (Map<?, ?>) Objects.requireNonNull(Documents.read("The status", bytes));
    }

    @Test
    void theJsonHasTheKeysThatTheGuideDescribes() {
        Map<?, ?> json = json();

        assertThat(json.keySet().stream().map(Object::toString))
                .containsExactly(
                        "version",
                        "build",
                        "pid",
                        "configuration",
                        "socket",
                        "started_at",
                        "uptime",
                        "running",
                        "queue",
                        "refused",
                        "methods",
                        "errors",
                        "providers",
                        "memory",
                        "process");
        assertThat(json.get("refused")).isEqualTo(Map.of("build", 2));
        assertThat(json.get("errors")).isEqualTo(Map.of("Bosh::Clouds::CloudError", 1, "Bosh::Clouds::CpiError", 1));
        assertThat(json.get("started_at")).isEqualTo("2026-11-01T10:00:00Z");
    }

    @Test
    void theJsonHasTimesInSecondsAndSizesInBytes() {
        Map<?, ?> methods = (Map<?, ?>) Objects.requireNonNull(json().get("methods"));
        Map<?, ?> createVm = (Map<?, ?>) Objects.requireNonNull(methods.get("create_vm"));

        assertThat(createVm.get("calls")).isEqualTo(3);
        assertThat(createVm.get("errors")).isEqualTo(1);
        assertThat((BigDecimal) createVm.get("max")).isEqualByComparingTo("20");
        assertThat((BigDecimal) createVm.get("sum")).isEqualByComparingTo("23.5");
        assertThat(json().get("memory"))
                .isEqualTo(Map.of(
                        "heap_used",
                        20 << 20,
                        "heap_committed",
                        30 << 20,
                        "heap_limit",
                        64 << 20,
                        "resident",
                        90 << 20));
    }

    @Test
    void theTextSaysTheSameInAnyLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            String text =
                    new String(StatusFormat.TEXT.render(Examples.status(withOneUnderWay())), StandardCharsets.UTF_8);

            assertThat(text.lines().map(line -> line.replaceAll(" +", " ")))
                    .contains(
                            "version 1.2.3 (build abc)",
                            "uptime 1 d 02:03:04, since 2026-11-01T10:00:00Z, process 4711",
                            "calls 1 running of 64, 3 waiting of 192, their requests take 2.0 MiB of 24.0 MiB",
                            "refused 2 build",
                            "errors 1 Bosh::Clouds::CloudError, 1 Bosh::Clouds::CpiError",
                            "providers cloud (2 configurations)",
                            "has_vm 1 0 2.5 ms 4.0 ms 4.0 ms 4.0 ms")
                    .anyMatch(line -> line.matches(" attach_disk for .*, request cpi-42"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aProcessIsLookedAtWithoutAnError() {
        Resources now = Resources.now();

        assertThat(now.heapUsed()).isPositive().isLessThanOrEqualTo(now.heapCommitted());
        if ("Linux".equals(System.getProperty("os.name"))) {
            assertThat(now.residentBytes()).isGreaterThan(1 << 20);
            assertThat(now.threads()).isPositive();
            assertThat(now.openFiles()).isPositive();
        }
    }
}
