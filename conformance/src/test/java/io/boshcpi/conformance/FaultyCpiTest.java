package io.boshcpi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.conformance.rules.Rule;
import io.boshcpi.conformance.rules.Rules;
import io.boshcpi.conformance.verdict.Verdict.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kit finds each fault by the rules that are about it, and nothing in a CPI that has none. */
class FaultyCpiTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Fault.class)
    void eachFaultIsFoundByTheRulesThatAreAboutIt(Fault fault) throws IOException {
        Report report = new Bench(new FaultyCpi(fault, Set.of()), folder).run();

        Set<String> found = Bench.rules(report, Kind.FAILED);
        Set<String> unjudged = Bench.rules(report, Kind.NOT_JUDGED);
        if (fault.cascades()) {
            assertThat(unjudged).isNotEmpty();
        } else {
            found.addAll(unjudged);
        }
        assertThat(found).isEqualTo(fault.rules());
        assertThat(report.passed()).isFalse();
    }

    @Test
    void aCpiWithoutFaultsPassesAndItsCloudIsEmptyAfterwards() throws IOException {
        FaultyCpi cpi = new FaultyCpi(null, Set.of());

        Report report = new Bench(cpi, folder).run();

        assertThat(Bench.rules(report, Kind.PASSED))
                .isEqualTo(new TreeSet<>(Rules.all().stream().map(Rule::id).toList()));
        assertThat(report.passed()).isTrue();
        assertThat(cpi.cloud().contents()).isEmpty();
    }

    @Test
    void whatACpiNeedNotHaveIsNotOffered() throws IOException {
        FaultyCpi cpi = new FaultyCpi(
                null,
                Set.of(
                        "set_vm_metadata",
                        "set_disk_metadata",
                        "calculate_vm_cloud_properties",
                        "current_vm_id",
                        "get_disks",
                        "resize_disk",
                        "update_disk",
                        "snapshot_disk",
                        "delete_snapshot",
                        "create_network",
                        "delete_network"));

        Report report = new Bench(cpi, folder).run();

        assertThat(report.passed()).isTrue();
        assertThat(Bench.rules(report, Kind.NOT_OFFERED))
                .contains("vms.metadata", "disks.resize", "snapshots.create", "networks.create", "disks.list-attached")
                .doesNotContain("disks.attach-elsewhere", "disks.reboot", "create-env.cycle");
    }

    @Test
    void everyRuleFindsAFault() {
        Set<String> finding = new TreeSet<>();
        for (Fault fault : Fault.values()) {
            finding.addAll(fault.rules());
        }
        assertThat(finding)
                .isEqualTo(new TreeSet<>(Rules.all().stream().map(Rule::id).toList()));
    }
}
