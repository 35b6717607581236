package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.fake.proxy.Fault;
import io.boshcpi.lxd.fake.proxy.FaultProxy;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.Lab;
import io.boshcpi.lxd.provider.testing.ServerProcess;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskUpdates;
import io.boshcpi.spi.Maintenance;
import io.boshcpi.spi.Maintenance.Finding;
import io.boshcpi.spi.Maintenance.Leftover;
import io.boshcpi.spi.Maintenance.Verdict;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.SnapshotCid;
import io.boshcpi.spi.Snapshots;
import io.boshcpi.spi.VmCid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** VMs and disks on a real cluster of three members, as {@code .ci/cluster up 3} brings one up. */
@Tag("server")
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("io.boshcpi.lxd.fake.RealServer#clusters")
final class ClusterIT {
    private static final String STEMCELL = "tiny-runit";

    private final RealServer server;
    private final Lab lab;

    ClusterIT(RealServer server) {
        this.server = server;
        this.lab = new Lab(server);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void vmsWithEphemeralDisksSpreadOverTheMembers() {
        Set<String> members = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            VmCid vm = lab.vm(STEMCELL, Map.of("ephemeral_disk", 64));
            assertThat(lab.sh(vm, "grep -c ' /var/vcap/data ' /proc/self/mountinfo"))
                    .isEqualTo("1");
            members.add(lab.memberOf(vm));
        }

        assertThat(members).containsExactlyInAnyOrderElementsOf(server.members());
        lab.deleteVms();
        assertThat(volumes("POOL")).isEmpty();
    }

    @Test
    void aRecreatedVmFindsItsDiskWithItsData() {
        String member = server.members().get(1);
        VmCid vm = lab.vm(STEMCELL, Map.of("target", member, "ephemeral_disk", 64));
        DiskCid disk = lab.disk(64, Map.of(), vm);
        lab.mount(vm, disk);
        lab.sh(vm, "echo kept > /var/vcap/store/file; chown 1000:1000 /var/vcap/store/file");
        lab.agent(vm, "unmount_disk", disk.value());
        lab.provider.disks().detach(lab.call, vm, disk);
        lab.delete(vm);

        VmCid again = lab.vm(STEMCELL, Map.of("ephemeral_disk", 64), disk);

        assertThat(lab.memberOf(again)).isEqualTo(member);
        lab.mount(again, disk);
        assertThat(lab.sh(again, "cat /var/vcap/store/file; stat -c %u:%g /var/vcap/store/file"))
                .isEqualTo("kept\n1000:1000");
    }

    @Test
    void aGroupTakesTheVmAndItsEphemeralDisk() {
        VmCid vm = lab.vm(STEMCELL, Map.of("target", "@even", "ephemeral_disk", 64));

        assertThat(lab.memberOf(vm)).isEqualTo(server.members().get(1));
    }

    @Test
    void vmsOfTwoMembersReachEachOtherOnANetworkThatSpansThem() {
        String subnet = spanningSubnet();
        VmCid one = lab.vm(STEMCELL, Map.of("target", "@odd"), List.of(lan(subnet + ".21")));
        VmCid other = lab.vm(STEMCELL, Map.of("target", "@even"), List.of(lan(subnet + ".22")));

        assertThat(lab.memberOf(one)).isNotEqualTo(lab.memberOf(other));
        lab.sh(one, "ping -c 3 -w 20 " + subnet + ".22");
        lab.sh(other, "ping -c 3 -w 20 " + subnet + ".21");
    }

    /** What {@code .ci/cluster} calls {@code lan}: one Ethernet for all members. */
    private NetworkSpec lan(String address) {
        return Harness.manual("default", address, spanningSubnet() + ".1", Map.of("name", "lan", "type", "macvlan"));
    }

    private String spanningSubnet() {
        return server.get("LAN").substring(0, server.get("LAN").lastIndexOf('.'));
    }

    @Test
    void aDiskFollowsItsVmWithDataOwnersSnapshotsAndName() {
        for (String pool : List.of("POOL", "POOL_DIR")) {
            VmCid vm = lab.vm(STEMCELL, Map.of("target", server.members().get(1)));
            DiskCid disk = lab.disk(64, Map.of("storage_pool", server.get(pool), "snapshots.expiry", "7d"), vm);
            lab.mount(vm, disk);
            lab.sh(vm, "echo kept > /var/vcap/store/file; chown 1000:1000 /var/vcap/store/file");
            SnapshotCid snapshot = snapshots().create(lab.call, disk, Map.of("index", "0"));
            lab.agent(vm, "unmount_disk", disk.value());
            lab.provider.disks().detach(lab.call, vm, disk);
            lab.delete(vm);

            VmCid again = lab.vm(STEMCELL, Map.of("target", server.members().get(2)), disk);
            lab.mount(again, disk);

            assertThat(lab.memberOf(again)).isEqualTo(server.members().get(2));
            assertThat(lab.sh(again, "cat /var/vcap/store/file; stat -c %u:%g /var/vcap/store/file"))
                    .isEqualTo("kept\n1000:1000");
            assertThat(volumes(pool))
                    .singleElement()
                    .satisfies(volume -> assertThat(volume.name()).isEqualTo(disk.value()))
                    .satisfies(volume -> assertThat(volume.config())
                            .containsEntry("snapshots.expiry", "7d")
                            .doesNotContainKeys("user.bosh.replaces", "user.bosh.moving_to"));
            assertThat(lab.lxd().volumes(server.get(pool)).listWithSnapshots().snapshots())
                    .singleElement()
                    .satisfies(kept -> assertThat(disk + "." + kept.name()).isEqualTo(snapshot.value()))
                    .satisfies(kept -> assertThat(kept.description()).isEqualTo("index=0"));
            snapshots().delete(lab.call, snapshot);
            lab.agent(again, "unmount_disk", disk.value());
            lab.provider.disks().detach(lab.call, again, disk);
            lab.delete(again);
        }
    }

    @Test
    void aDiskIsFetchedFromAMemberThatIsEvacuated() {
        String member = server.members().get(1);
        VmCid vm = lab.vm(STEMCELL, Map.of("target", member));
        DiskCid disk = lab.disk(16, Map.of(), vm);
        lab.delete(vm);
        String state = "/1.0/cluster/members/" + member + "/state";
        cluster("api", "1", "POST", state, "{\"action\":\"evacuate\"}");
        try {
            VmCid again = lab.vm(STEMCELL, Map.of("target", server.members().get(2)), disk);
            lab.attach(again, disk);
            lab.provider.disks().detach(lab.call, again, disk);
        } finally {
            cluster("api", "1", "POST", state, "{\"action\":\"restore\"}");
        }
        assertThat(volumes("POOL"))
                .extracting(Volume::location)
                .containsExactly(server.members().get(2));
    }

    /** A call that gets nothing but errors from some request on leaves what one leaves that is killed there. */
    @Test
    void aMoveThatWasCutOffIsFinishedByTheNextCall() throws IOException {
        VmCid vm = lab.vm(STEMCELL, Map.of("target", server.members().get(1)));
        VmCid other = lab.vm(STEMCELL, Map.of("target", server.members().get(2)));
        Path socket = Files.createTempDirectory("cpi-cut").resolve("socket");
        try (FaultProxy proxy = new FaultProxy(socket, Path.of(server.socket()));
                CloudProvider cut = Harness.provider(Map.of("socket", socket.toString()))) {
            for (int step = 1; ; step++) {
                DiskCid disk = lab.disk(16, Map.of(), vm);
                SnapshotCid snapshot = snapshots().create(lab.call, disk, Map.of("index", "0"));
                proxy.arm(Fault.ERROR_500_ON, step, () -> {});
                boolean whole = true;
                try {
                    cut.disks().attach(lab.call, other, disk);
                } catch (CpiException e) {
                    whole = false;
                } finally {
                    proxy.disarm();
                }

                assertThat(lab.provider.disks().exists(lab.call, disk)).isTrue();
                lab.attach(other, disk);

                assertThat(volumes("POOL"))
                        .as("after step " + step)
                        .singleElement()
                        .satisfies(volume -> assertThat(volume.location())
                                .isEqualTo(server.members().get(2)));
                snapshots().delete(lab.call, snapshot);
                lab.provider.disks().detach(lab.call, other, disk);
                lab.provider.disks().delete(lab.call, disk);
                assertThat(lab.lxd()
                                .volumes(server.get("POOL"))
                                .listWithSnapshots()
                                .volumes())
                        .isEmpty();
                if (whole) {
                    assertThat(step).isGreaterThan(12);
                    return;
                }
            }
        }
    }

    @Test
    void aDiskOnAnyMemberMovesToAnotherPoolUnlessItHasSnapshots() {
        VmCid vm = lab.vm(STEMCELL, Map.of("target", server.members().get(1)));
        DiskCid disk = lab.disk(16, Map.of(), vm);
        SnapshotCid snapshot = snapshots().create(lab.call, disk, Map.of());
        DiskUpdates updates = lab.provider.diskUpdates().orElseThrow();
        PropertyTree dir = Harness.properties(Map.of("storage_pool", server.get("POOL_DIR")));
        assertThatThrownBy(() -> updates.update(lab.call, disk, 16, dir)).hasMessageContaining("has snapshots");
        snapshots().delete(lab.call, snapshot);

        DiskCid moved = updates.update(lab.call, disk, 16, dir);

        assertThat(volumes("POOL_DIR"))
                .extracting(Volume::location)
                .containsExactly(server.members().get(1));
        lab.attach(vm, moved);
        lab.provider.disks().detach(lab.call, vm, moved);
        lab.provider.disks().delete(lab.call, moved);
    }

    @Test
    void whatWasLeftBehindOnAnyMemberIsFoundAndRemoved() {
        Maintenance maintenance = lab.provider.maintenance().orElseThrow();
        List<String> expected = new ArrayList<>();
        for (String member : server.members()) {
            VmCid vm = lab.vm(STEMCELL, Map.of("target", member));
            DiskCid disk = lab.disk(16, Map.of(), vm);
            snapshots().create(lab.call, disk, Map.of("index", "0"));
            lab.lxd().volumes(server.get("POOL")).snapshots(disk.value()).create("snap-cut-off");
            expected.add(server.get("POOL") + "/" + disk.value() + "/snap-cut-off");
            VmCid gone = lab.vm(STEMCELL, Map.of("target", member, "ephemeral_disk", 16));
            String ephemeral = ephemeralDiskOf(gone);
            lab.lxd().instances().stop(gone.value(), true, Duration.ofSeconds(60));
            lab.lxd().instances().delete(gone.value());
            expected.add(server.get("POOL") + "/" + ephemeral);
        }

        List<Leftover> leftovers = ownLeftovers(maintenance);
        assertThat(leftovers).extracting(Leftover::name).containsExactlyInAnyOrderElementsOf(expected);
        maintenance.remove(lab.call, leftovers);

        assertThat(ownLeftovers(maintenance)).isEmpty();
    }

    private String ephemeralDiskOf(VmCid vm) {
        return volumes("POOL").stream()
                .filter(volume -> vm.value().equals(volume.config().get(Marks.VM)))
                .map(Volume::name)
                .findFirst()
                .orElseThrow();
    }

    private List<Leftover> ownLeftovers(Maintenance maintenance) {
        return maintenance.leftovers(lab.call).stream()
                .filter(leftover -> leftover.directorUuid().equals(lab.call.directorUuid()))
                .filter(leftover ->
                        Set.of("snapshot", Marks.KIND_EPHEMERAL_DISK).contains(leftover.kind()))
                .toList();
    }

    @Test
    void aDiskThatIsNotToFollowIsRefusedByName() {
        String member = server.members().get(1);
        String other = server.members().get(2);
        try (Lab off = new Lab(server, Map.of("disks_follow_vms", false))) {
            VmCid vm = off.vm(STEMCELL, Map.of("target", member));
            DiskCid disk = off.disk(64, Map.of(), vm);

            for (String target : List.of(other, "@odd")) {
                assertThatThrownBy(() -> off.vm(STEMCELL, Map.of("target", target), disk))
                        .isInstanceOf(CpiException.class)
                        .hasMessageContaining("cloud_properties.target is " + target)
                        .hasMessageContaining("is on the cluster member " + member);
            }
            VmCid elsewhere = off.vm(STEMCELL, Map.of("target", other));
            assertThatThrownBy(() -> off.attach(elsewhere, disk))
                    .isInstanceOf(CpiException.class)
                    .hasMessageContaining("is on the cluster member " + member)
                    .hasMessageContaining("on " + other);
        }
    }

    @Test
    void nothingOnAMemberThatIsDownIsGone() {
        VmCid vm = lab.vm(STEMCELL, Map.of("target", server.members().get(1)));
        VmCid elsewhere = lab.vm(STEMCELL, Map.of("target", server.members().get(0)));
        CloudProvider overHttps =
                overHttps(server.members().get(1), server.members().get(2));
        assertThat(overHttps.vms().exists(lab.call, elsewhere)).isTrue();

        cluster("stop", "2");
        try {
            assertThat(overHttps.vms().exists(lab.call, elsewhere)).isTrue();
            assertThatThrownBy(() -> lab.provider.vms().exists(lab.call, vm))
                    .isInstanceOfSatisfying(
                            CpiException.class, e -> assertThat(e.okToRetry()).isTrue())
                    .hasMessageContaining("a member of the cluster is down");
        } finally {
            cluster("start", "2");
        }

        Lab.await("the VM to be seen again", () -> lab.provider.vms().exists(lab.call, vm));
        lab.delete(vm);
        assertThat(lab.provider.vms().exists(lab.call, vm)).isFalse();
    }

    @Test
    void theDoctorLooksAtEachMember() {
        List<Finding> findings = lab.provider.maintenance().orElseThrow().diagnose(lab.call);

        for (String member : server.members()) {
            assertThat(findings)
                    .filteredOn(finding -> finding.verdict() == Verdict.OK)
                    .extracting(Finding::subject)
                    .contains("cluster member " + member, "space in storage pool default on " + member);
        }
    }

    /** A provider that goes to a member of the cluster, or else to another. */
    private CloudProvider overHttps(String member, String other) {
        return Harness.provider(Map.of(
                "url",
                lab.lxd().clusterMembers().get(member).url(),
                "failover_urls",
                List.of(lab.lxd().clusterMembers().get(other).url()),
                "client_certificate",
                server.read("CLIENT_CERT"),
                "client_key",
                server.read("CLIENT_KEY"),
                "server_certificate",
                server.read("SERVER_CERT"),
                "network",
                server.get("NETWORK")));
    }

    /** Gives {@code .ci/cluster} a command, such as {@code stop} and the number of a member. */
    private void cluster(String... command) {
        List<String> all = new ArrayList<>(List.of("env", "CLUSTER_KIND=" + server.name(), "../../../.ci/cluster"));
        all.addAll(List.of(command));
        ServerProcess.run(all.toArray(new String[0]));
    }

    private Snapshots snapshots() {
        return lab.provider.snapshots().orElseThrow();
    }

    private List<Volume> volumes(String pool) {
        return lab.lxd().volumes(server.get(pool)).list();
    }
}
