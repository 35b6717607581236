package io.boshcpi.lxd.provider.gc;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.OnFakeLxd;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.Maintenance;
import io.boshcpi.spi.Maintenance.Finding;
import io.boshcpi.spi.Maintenance.Leftover;
import io.boshcpi.spi.Maintenance.Verdict;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.VmCid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("fake")
@ParameterizedClass
@EnumSource(Dialect.class)
final class MaintenanceTest {
    private final OnFakeLxd cloud;
    private final Maintenance maintenance;

    MaintenanceTest(Dialect dialect) throws IOException {
        this.cloud = new OnFakeLxd(dialect);
        this.maintenance = cloud.provider.maintenance().orElseThrow();
    }

    @AfterEach
    void close() throws IOException {
        cloud.close();
    }

    @Test
    void whatADirectorHasConfirmedIsNotLeftBehind() throws IOException {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of("ephemeral_disk", 64));
        DiskCid disk = cloud.disk(64, Map.of());
        cloud.provider.vms().setMetadata(cloud.call, vm, Map.of("name", "zk/0"));
        cloud.provider.disks().setMetadata(cloud.call, disk, Map.of("name", "zk/0"));

        assertThat(maintenance.leftovers(cloud.call)).isEmpty();
    }

    @Test
    void aVmAndADiskThatNobodyConfirmedAreFoundWithTheirDirector() throws IOException {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of("ephemeral_disk", 64));
        DiskCid disk = cloud.disk(64, Map.of());

        List<Leftover> leftovers = maintenance.leftovers(cloud.call);

        assertThat(leftovers).extracting(Leftover::name).containsExactlyInAnyOrder(vm.value(), "btrfs/" + disk);
        assertThat(leftovers).allMatch(leftover -> leftover.directorUuid().equals(cloud.call.directorUuid()));
        assertThat(leftovers)
                .filteredOn(Leftover::precious)
                .extracting(Leftover::kind)
                .containsExactly("persistent-disk");
    }

    @Test
    void whatIsRemovedIsGoneAndMayBeRemovedAgain() throws IOException {
        cloud.vm(cloud.stemcell(), Map.of("ephemeral_disk", 64));
        cloud.disk(64, Map.of());
        List<Leftover> leftovers = maintenance.leftovers(cloud.call);

        assertThat(maintenance.remove(cloud.call, leftovers)).containsExactlyInAnyOrderElementsOf(leftovers);
        assertThat(maintenance.remove(cloud.call, leftovers)).isEmpty();

        assertThat(maintenance.leftovers(cloud.call)).isEmpty();
    }

    @Test
    void aVmThatWasConfirmedMeanwhileIsNotRemoved() throws IOException {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of());
        List<Leftover> before = maintenance.leftovers(cloud.call);
        cloud.provider.vms().setMetadata(cloud.call, vm, Map.of());

        assertThat(maintenance.remove(cloud.call, before)).isEmpty();

        assertThat(cloud.provider.vms().exists(cloud.call, vm)).isTrue();
    }

    @Test
    void allLeftoversAreRemovedAfterOneListing() throws IOException {
        StemcellCid stemcell = cloud.stemcell();
        for (int i = 0; i < 3; i++) {
            cloud.vm(stemcell, Map.of(), "10.77.1." + (30 + i), Map.of());
        }
        List<Leftover> leftovers = maintenance.leftovers(cloud.call);
        cloud.requests();

        maintenance.remove(cloud.call, leftovers);

        assertThat(leftovers).hasSize(3);
        assertThat(cloud.requests()).filteredOn("GET /1.0/instances"::equals).hasSize(1);
    }

    @Test
    void anImageThatADirectorUsesIsNotLeftBehind() throws IOException {
        StemcellCid stemcell = cloud.stemcell();
        assertThat(maintenance.leftovers(cloud.call)).isEmpty();

        cloud.provider.stemcells().delete(Harness.call("another-director"), stemcell);
        assertThat(cloud.vm(stemcell, Map.of()).value()).startsWith("vm-");
    }

    @Test
    void aHealthyServerHasNoErrors() {
        List<Finding> findings = maintenance.diagnose(cloud.call);

        assertThat(findings).extracting(Finding::verdict).doesNotContain(Verdict.ERROR);
        assertThat(findings).extracting(Finding::subject).contains("server", "project default", "storage pool btrfs");
        List<Finding> warnings = new ArrayList<>(findings);
        warnings.removeIf(finding -> finding.verdict() == Verdict.OK);
        assertThat(warnings).allMatch(finding -> finding.remedy().isPresent());
    }
}
