package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.fake.TestDisks;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.OnFakeLxd;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskRequest;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.VmCid;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Where VMs and disks go in a cluster whose server puts instances elsewhere than volumes. */
@Tag("fake")
@ParameterizedClass
@EnumSource(Dialect.class)
final class ClusterTest {
    private final OnFakeLxd cloud;
    private final StemcellCid stemcell;

    ClusterTest(Dialect dialect) throws IOException {
        this.cloud = OnFakeLxd.cluster(dialect);
        this.stemcell = cloud.stemcell();
    }

    @AfterEach
    void close() throws IOException {
        cloud.close();
    }

    @Test
    void theEphemeralDiskIsWhereTheServerPutsTheVm() {
        VmCid vm = cloud.vm(stemcell, Map.of("ephemeral_disk", 64));

        assertThat(memberOf(vm)).isEqualTo("n3");
        assertThat(volumes()).extracting(Volume::location).containsExactly("n3");
        assertThat(cloud.operator().instances().find(vm.value()).orElseThrow().devices())
                .containsKey("ephemeral");
        cloud.provider.vms().delete(cloud.call, vm);
        assertThat(volumes()).isEmpty();
    }

    @Test
    void aGroupIsAPlaceTheServerChoosesIn() {
        VmCid vm = cloud.vm(stemcell, Map.of("target", "@even", "ephemeral_disk", 64));

        assertThat(memberOf(vm)).isEqualTo("n2");
        assertThat(volumes()).extracting(Volume::location).containsExactly("n2");
    }

    @Test
    void aMemberIsAPlace() {
        VmCid vm = cloud.vm(stemcell, Map.of("target", "n2", "ephemeral_disk", 64));

        assertThat(memberOf(vm)).isEqualTo("n2");
        assertThat(volumes()).extracting(Volume::location).containsExactly("n2");
    }

    @Test
    void theConfigDriveOfAMachineIsWhereTheMachineIs() throws IOException {
        VmCid vm = cloud.vm(cloud.machineStemcell(TestDisks.uefi(1 << 20)), Map.of());

        assertThat(memberOf(vm)).isEqualTo("n3");
        assertThat(volumes()).extracting(Volume::location).containsExactly("n3");
    }

    @Test
    void aVmGoesToTheMemberOfItsDisk() {
        DiskCid disk = cloud.disk(64, Map.of()); // on n1, which was asked

        VmCid vm = cloud.vm(stemcell, Map.of("ephemeral_disk", 64), List.of(disk));

        assertThat(memberOf(vm)).isEqualTo("n1");
        cloud.provider.disks().attach(cloud.call, vm, disk);
        assertThat(cloud.provider.vms().disks(cloud.call, vm)).containsExactly(disk);
    }

    @Test
    void aDiskGoesToTheMemberOfItsVm() {
        VmCid vm = cloud.vm(stemcell, Map.of("target", "n2"));

        DiskCid disk = cloud.provider
                .disks()
                .create(cloud.call, new DiskRequest(64, Harness.properties(Map.of()), Optional.of(vm)));

        assertThat(volumes()).extracting(Volume::location).containsExactly("n2");
        cloud.provider.disks().attach(cloud.call, vm, disk);
    }

    @Test
    void aGroupThatHasTheDisksMemberIsObeyedThere() {
        DiskCid disk = cloud.disk(64, Map.of());

        VmCid vm = cloud.vm(stemcell, Map.of("target", "@odd"), List.of(disk));

        assertThat(memberOf(vm)).isEqualTo("n1");
    }

    @Test
    void aDiskFollowsToTheTargetOfItsVm() {
        DiskCid disk = cloud.disk(64, Map.of());
        for (String target : List.of("n2", "@even")) {
            VmCid vm = cloud.vm(stemcell, Map.of("target", target), List.of(disk));

            assertThat(memberOf(vm)).isEqualTo("n2");
            cloud.provider.vms().delete(cloud.call, vm);
        }
    }

    @Test
    void aTargetThatADiskDoesNotFollowToIsRefusedByNameBeforeAnythingIsMade() throws IOException {
        DiskCid disk = cloud.disk(64, Map.of());
        try (CloudProvider limited = cloud.anotherProcess(Map.of("disks_follow_max_mib", 32))) {
            for (String target : List.of("n2", "@even")) {
                cloud.requests();

                assertThatThrownBy(() -> cloud.vm(limited, stemcell, Map.of("target", target), List.of(disk)))
                        .isInstanceOf(CpiException.class)
                        .hasMessage("cloud_properties.target is " + target
                                + ", but the VM's persistent disk is on the cluster member n1, where the VM has to be,"
                                + " too, since it has 64 MiB, more than the 32 of lxd.disks_follow_max_mib");

                assertThat(cloud.requests()).noneMatch(line -> line.startsWith("POST"));
            }
        }
    }

    @Test
    void ofTheDisksOfTwoMembersTheSmallerFollows() {
        DiskCid small = cloud.disk(64, Map.of());
        DiskCid large = onSecondMember(128);

        VmCid vm = cloud.vm(stemcell, Map.of(), List.of(small, large));

        assertThat(memberOf(vm)).isEqualTo("n2");
        cloud.provider.disks().attach(cloud.call, vm, small);
        cloud.provider.disks().attach(cloud.call, vm, large);
    }

    @Test
    void aDiskThatIsTooLargeToFollowDecides() throws IOException {
        DiskCid large = cloud.disk(96, Map.of());
        DiskCid small = onSecondMember(64);
        try (CloudProvider limited = cloud.anotherProcess(Map.of("disks_follow_max_mib", 64))) {
            for (List<DiskCid> disks : List.of(List.of(large, small), List.of(small, large))) {
                VmCid vm = cloud.vm(limited, stemcell, Map.of(), disks);

                assertThat(memberOf(vm)).isEqualTo("n1");
                cloud.provider.vms().delete(cloud.call, vm);
            }
        }
    }

    @Test
    void disksOfTwoMembersThatDoNotFollowAreRefusedByName() throws IOException {
        DiskCid first = cloud.disk(64, Map.of());
        DiskCid second = onSecondMember(64);
        try (CloudProvider off = cloud.anotherProcess(Map.of("disks_follow_vms", false))) {
            assertThatThrownBy(() -> cloud.vm(off, stemcell, Map.of(), List.of(first, second)))
                    .isInstanceOf(CpiException.class)
                    .hasMessage("The disk " + first + " is on the cluster member n1 and the disk " + second
                            + " on n2; one VM cannot have both, since lxd.disks_follow_vms is false");
        }
    }

    private DiskCid onSecondMember(long mib) {
        VmCid user = cloud.vm(stemcell, Map.of("target", "n2"));
        return cloud.provider
                .disks()
                .create(cloud.call, new DiskRequest(mib, Harness.properties(Map.of()), Optional.of(user)));
    }

    @Test
    void aFailureLeavesNothing() {
        cloud.lxd.faults().on("PUT", "/1.0/instances/[^/]*/state").fail(500, "disk on fire");

        assertThatThrownBy(() -> cloud.vm(stemcell, Map.of("ephemeral_disk", 64)))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("disk on fire");

        assertThat(cloud.operator().instances().list()).isEmpty();
        assertThat(volumes()).isEmpty();
    }

    @Test
    void aMemberThatIsDownIsWaitedForAndNothingOnItIsGone() {
        VmCid vm = cloud.vm(stemcell, Map.of());
        cloud.lxd
                .faults()
                .on("GET", "/1.0/instances/[^/]*")
                .fail(500, "Missing event connection with target cluster member");

        assertThat(cloud.provider.vms().exists(cloud.call, vm)).isTrue();
    }

    private String memberOf(VmCid vm) {
        return cloud.operator().instances().find(vm.value()).orElseThrow().location();
    }

    private List<Volume> volumes() {
        return cloud.operator().volumes("btrfs").list();
    }
}
