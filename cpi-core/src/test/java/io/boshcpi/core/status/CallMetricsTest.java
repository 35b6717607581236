package io.boshcpi.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.spi.ErrorType;
import org.junit.jupiter.api.Test;

class CallMetricsTest {
    private final CallMetrics metrics = new CallMetrics();

    private void call(String method, ErrorType error) {
        CallUnderWay call = new CallUnderWay();
        metrics.begin(call);
        call.received(method, "cpi-7");
        metrics.end(call, error);
    }

    @Test
    void methodsThatAreNotOfTheContractCountAsOne() {
        for (int i = 0; i < 1000; i++) {
            call("method_" + i, ErrorType.NOT_IMPLEMENTED);
        }
        call("", ErrorType.NOT_IMPLEMENTED);

        assertThat(metrics.ended()).singleElement().satisfies(calls -> {
            assertThat(calls.method()).isEqualTo("_OTHER");
            assertThat(calls.latency().count()).isEqualTo(1001);
        });
    }

    @Test
    void aCallThatIsNotReadableCountsToo() {
        CallUnderWay call = new CallUnderWay();
        metrics.begin(call);
        metrics.end(call, ErrorType.CPI_ERROR);

        assertThat(Methods.byError(metrics.ended())).containsEntry("Bosh::Clouds::CpiError", 1L);
    }

    @Test
    void callsUnderWayAreListedUntilTheyEnd() {
        CallUnderWay first = new CallUnderWay();
        CallUnderWay second = new CallUnderWay();
        metrics.begin(second);
        metrics.begin(first);
        first.received("create_vm", "cpi-1");
        second.received("has_vm", "cpi-2");

        assertThat(metrics.running()).extracting(HostStatus.RunningCall::method).containsExactly("create_vm", "has_vm");

        metrics.end(first, null);
        assertThat(metrics.running())
                .extracting(HostStatus.RunningCall::requestId)
                .containsExactly("cpi-2");
    }

    @Test
    void errorsAreCountedByTypeAndByMethod() {
        HostStatus status = Examples.status(Examples.calls());

        assertThat(Methods.byError(status.ended()))
                .containsOnly(
                        java.util.Map.entry("Bosh::Clouds::CloudError", 1L),
                        java.util.Map.entry("Bosh::Clouds::CpiError", 1L));
        assertThat(Methods.byMethod(status.ended()).get("create_vm")).satisfies(total -> {
            assertThat(total.errors()).isEqualTo(1);
            assertThat(total.latency().count()).isEqualTo(3);
        });
    }
}
