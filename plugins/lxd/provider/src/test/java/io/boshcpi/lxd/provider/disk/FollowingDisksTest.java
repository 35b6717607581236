package io.boshcpi.lxd.provider.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.model.VolumeSnapshot;
import io.boshcpi.lxd.client.session.Volumes;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.proxy.Fault;
import io.boshcpi.lxd.fake.proxy.FaultProxy;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.OnFakeLxd;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskRequest;
import io.boshcpi.spi.Maintenance;
import io.boshcpi.spi.SnapshotCid;
import io.boshcpi.spi.Snapshots;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.VmCid;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk of one member of a cluster that is attached to a VM of another. */
@Tag("fake")
@ParameterizedClass
@EnumSource(Dialect.class)
final class FollowingDisksTest {
    private static final String URL_OF_DISK = "disk";

    private final OnFakeLxd cloud;
    private final StemcellCid stemcell;

    /** On n2, where the disk goes, and on n1, where it is. */
    private final VmCid there;

    private final VmCid here;

    FollowingDisksTest(Dialect dialect) throws IOException {
        this.cloud = OnFakeLxd.cluster(dialect);
        this.stemcell = cloud.stemcell();
        this.there = vm("n2", "10.77.1.30");
        this.here = vm("n1", "10.77.1.31");
    }

    private VmCid vm(String member, String address) {
        VmCid vm = cloud.vm(stemcell, Map.of("target", member), address, Map.of());
        cloud.provider.vms().setMetadata(cloud.call, vm, Map.of());
        return vm;
    }

    @AfterEach
    void close() throws IOException {
        cloud.close();
    }

    @Test
    void aDiskFollowsItsVmWithSnapshotsConfigurationAndName() {
        Disk disk = new Disk();

        assertThat(attach(there, disk.cid)).isEqualTo("/warden-cpi-dev/" + disk.cid);

        disk.assertIsOn("n2");
        assertThat(volumes()).hasSize(1);
        assertThat(cloud.provider.vms().disks(cloud.call, there)).containsExactly(disk.cid);
    }

    @Test
    void aDiskFollowsBackAndForth() {
        Disk disk = new Disk();
        attach(there, disk.cid);
        cloud.provider.disks().detach(cloud.call, there, disk.cid);

        attach(here, disk.cid);

        disk.assertIsOn("n1");
    }

    @Test
    void aDiskOfTheVmsMemberAndOneInARemotePoolStayWhereTheyAre() {
        DiskCid near = cloud.disk(64, Map.of());
        DiskCid remote = cloud.disk(64, Map.of("storage_pool", "ceph"));
        cloud.requests();

        attach(here, near);
        attach(there, remote);

        assertThat(cloud.requests()).noneMatch(line -> line.startsWith("POST") || line.startsWith("DELETE"));
    }

    @Test
    void aDiskThatAnotherVmHasIsNotMoved() {
        Disk disk = new Disk();
        attach(here, disk.cid);

        assertThatThrownBy(() -> attach(there, disk.cid)).hasMessageContaining("is attached to " + here);

        disk.assertIsOn("n1");
    }

    @Test
    void theSwitchKeepsDisksWhereTheyAreAndTheErrorNamesBothMembers() throws IOException {
        Disk disk = new Disk();
        try (CloudProvider off = cloud.anotherProcess(Map.of("disks_follow_vms", false))) {
            cloud.requests();

            assertThatThrownBy(() -> off.disks().attach(cloud.call, there, disk.cid))
                    .isInstanceOf(CpiException.class)
                    .hasMessageContaining(
                            "The disk " + disk.cid + " is on the cluster member n1 and the VM " + there + " on n2")
                    .hasMessageContaining("lxd.disks_follow_vms is false")
                    .hasMessageContaining("make the VM anew on n1");

            assertThat(cloud.requests()).allMatch(line -> line.startsWith("GET"));
        }
    }

    @Test
    void aDiskAboveTheLimitStaysAndTheErrorSaysWhatToDo() throws IOException {
        Disk disk = new Disk();
        try (CloudProvider limited = cloud.anotherProcess(Map.of("disks_follow_max_mib", 63));
                CloudProvider enough = cloud.anotherProcess(Map.of("disks_follow_max_mib", 64))) {
            assertThatThrownBy(() -> limited.disks().attach(cloud.call, there, disk.cid))
                    .isInstanceOf(CpiException.class)
                    .hasMessageContaining("it has 64 MiB, more than the 63 of lxd.disks_follow_max_mib")
                    .hasMessageContaining("make the VM anew on n1");
            disk.assertIsOn("n1");

            enough.disks().attach(cloud.call, there, disk.cid);
        }
        disk.assertIsOn("n2");
    }

    /** A call that gets nothing but errors from some request on leaves what one leaves that is killed there. */
    @Test
    void aMoveThatWasCutOffAnywhereIsFinishedByTheNextCall() throws IOException {
        int steps = cutOffEverywhere((disk, step) -> {
            attach(there, disk.cid);

            disk.assertIsOn("n2");
            assertThat(volumes()).as("after step " + step).hasSize(1);
            cloud.provider.disks().detach(cloud.call, there, disk.cid);
            cloud.provider.disks().delete(cloud.call, disk.cid);
            assertThat(volumes()).isEmpty();
        });

        assertThat(steps).isGreaterThan(12);
    }

    /** Here the failed call undoes what it can. */
    @Test
    void aMoveOneOfWhoseRequestsFailedIsFinishedByTheNextCall() throws IOException {
        cutOffEverywhere(Fault.ERROR_500, (disk, step) -> {
            attach(there, disk.cid);

            disk.assertIsOn("n2");
            cloud.provider.disks().detach(cloud.call, there, disk.cid);
            cloud.provider.disks().delete(cloud.call, disk.cid);
            assertThat(volumes()).as("after step " + step).isEmpty();
        });
    }

    /** The Director did not get the CID that update_disk gave it, and goes on with the old one. */
    @Test
    void aDiskFollowsByTheCidThatItHadInAnotherPool() throws IOException {
        Volumes dir = cloud.operator().volumes("dir");
        try (FaultProxy proxy = cloud.proxy();
                CloudProvider cut = cloud.through()) {
            boolean whole = false;
            for (int step = 1; !whole; step++) {
                DiskCid old = cloud.disk(64, Map.of());
                DiskCid moved = cloud.provider
                        .diskUpdates()
                        .orElseThrow()
                        .update(cloud.call, old, 64, Harness.properties(Map.of("storage_pool", "dir")));

                whole = cutOff(proxy, cut, Fault.ERROR_500_ON, old, step);
                assertThat(attach(there, old)).isEqualTo("/warden-cpi-dev/" + old);

                assertThat(dir.list())
                        .as("after step " + step)
                        .singleElement()
                        .satisfies(volume -> assertThat(volume.name()).isEqualTo(moved.value()))
                        .satisfies(volume -> assertThat(volume.location()).isEqualTo("n2"))
                        .satisfies(volume -> assertThat(volume.config())
                                .containsEntry("user.bosh.moved_from", old.value())
                                .containsEntry("user.bosh.state", "creating"));
                cloud.provider.disks().detach(cloud.call, there, old);
                cloud.provider.disks().delete(cloud.call, moved);
                assertThat(dir.list()).isEmpty();
            }
        }
    }

    @Test
    void aDiskWhoseMoveWasCutOffIsAttachedWhereItCameFrom() throws IOException {
        cutOffEverywhere((disk, step) -> {
            cloud.provider.disks().detach(cloud.call, there, disk.cid);

            attach(here, disk.cid);

            disk.assertIsOn("n1");
            cloud.provider.disks().detach(cloud.call, here, disk.cid);
            deleteWithLeftovers(disk);
        });
    }

    @Test
    void everyMethodFindsADiskWhoseMoveWasCutOff() throws IOException {
        cutOffEverywhere((disk, step) -> {
            assertThat(cloud.provider.disks().exists(cloud.call, disk.cid))
                    .as("after step " + step)
                    .isTrue();
            cloud.provider.disks().setMetadata(cloud.call, disk.cid, Map.of("job", "db"));
            SnapshotCid snapshot = snapshots().create(cloud.call, disk.cid, Map.of("index", "1"));
            cloud.provider.diskUpdates().orElseThrow().resize(cloud.call, disk.cid, 96);

            assertThat(snapshot.value()).startsWith(disk.cid + ".");
            Volume volume = disk.volume();
            assertThat(volume.config())
                    .containsEntry("user.bosh.metadata.job", "db")
                    .containsEntry("user.bosh.state", "ready")
                    .containsEntry("size", "96MiB");
            assertThat(disk.taken()).hasSize(2);
            snapshots().delete(cloud.call, disk.snapshot);
            assertThat(disk.taken()).hasSize(1);
            cloud.provider.disks().detach(cloud.call, there, disk.cid);
            deleteWithLeftovers(disk);
        });
    }

    /** These come first after the cut, before another method has finished the move. */
    @Test
    void aSnapshotIsDeletedAndADiskToo() throws IOException {
        cutOffEverywhere((disk, step) -> {
            snapshots().delete(cloud.call, disk.snapshot);
            assertThat(disk.taken()).as("after step " + step).isEmpty();
            cloud.provider.disks().detach(cloud.call, there, disk.cid);
            deleteWithLeftovers(disk);
        });
        cutOffEverywhere((disk, step) -> {
            cloud.provider.disks().detach(cloud.call, there, disk.cid);

            cloud.provider.disks().delete(cloud.call, disk.cid);

            assertThat(cloud.provider.disks().exists(cloud.call, disk.cid)).isFalse();
            assertThat(volumes()).as("after step " + step).isEmpty();
        });
    }

    @Test
    void gcRemovesNothingThatTheDiskNeeds() throws IOException {
        cutOffEverywhere((disk, step) -> {
            Maintenance maintenance = cloud.provider.maintenance().orElseThrow();
            maintenance.remove(cloud.call, maintenance.leftovers(cloud.call));

            assertThat(cloud.provider.disks().exists(cloud.call, disk.cid))
                    .as("after step " + step)
                    .isTrue();
            assertThat(volumes()).hasSize(1);
            attach(there, disk.cid);
            disk.assertIsOn("n2");
            cloud.provider.disks().detach(cloud.call, there, disk.cid);
            cloud.provider.disks().delete(cloud.call, disk.cid);
        });
    }

    /** One of a disk that was attached and written to since is out of date, although it is complete. */
    @Test
    void theNewestOfTwoCopiesIsTheDisk() throws IOException {
        Disk disk = new Disk();
        try (FaultProxy proxy = cloud.proxy();
                CloudProvider cut = cloud.through()) {
            requestsOf(proxy, cut, new Disk()); // The first also asks what the server is.
            int deletion = 1 + requestsOf(proxy, cut, new Disk()).indexOf("DELETE " + URL_OF_DISK);
            cutOff(proxy, cut, Fault.ERROR_500_ON, disk.cid, deletion);
            attach(here, disk.cid);
            cloud.provider.disks().detach(cloud.call, here, disk.cid);
            cloud.operator().volumes("btrfs").patchConfig(disk.cid.value(), Map.of("user.written", "since"));
            assertThat(disk.volume().location()).isEqualTo("n1");
            assertThat(volumes()).hasSize(2);
            makeOlder(disk);

            cutOff(proxy, cut, Fault.ERROR_500_ON, disk.cid, deletion + 1);
        }
        assertThat(volumes()).extracting(Volume::name).hasSize(2).doesNotContain(disk.cid.value());

        attach(there, disk.cid);

        assertThat(disk.volume().config()).containsEntry("user.written", "since");
    }

    @Test
    void aMoveGivesUpWhenTheDiskWasAttachedMeanwhile() throws Exception {
        Disk disk = new Disk();
        cloud.lxd.copyVolumesFor(Duration.ofMillis(700));
        cloud.requests();

        CompletableFuture<String> move = CompletableFuture.supplyAsync(() -> attach(there, disk.cid));
        while (cloud.lxd.requests().lines().stream().noneMatch(line -> line.endsWith("/wait"))) {
            Thread.sleep(5);
        }
        try (CloudProvider other = cloud.anotherProcess()) {
            other.disks().attach(cloud.call, here, disk.cid);
        }

        assertThatThrownBy(move::join)
                .hasRootCauseInstanceOf(CpiException.class)
                .hasMessageContaining("so it is not moved to the cluster member n2");
        disk.assertIsOn("n1");
        assertThat(volumes()).hasSize(1);
    }

    /** The servers would delete the record under their copy, and leave what they write. */
    @Test
    void aCopyThatIsUnderWayIsWaitedForBeforeItIsDeleted() {
        Disk disk = new Disk();
        cloud.lxd.copyVolumesFor(Duration.ofSeconds(2));
        Call call = new Call("cpi-000002", Optional.empty(), Deadline.in(Duration.ofSeconds(1)));
        cloud.requests();

        assertThatThrownBy(() -> cloud.provider.disks().attach(call, there, disk.cid))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("the disk " + disk.cid + " stays on the cluster member n1")
                .hasMessageContaining("call_timeout");

        List<String> requests = cloud.requests();
        assertThat(requests.subList(requests.indexOf("GET /1.0/operations"), requests.size()))
                .anyMatch(line -> line.endsWith("/wait"))
                .last()
                .asString()
                .startsWith("DELETE");
        assertThat(volumes()).extracting(Volume::location).containsExactly("n1");
    }

    /** A disk of n1 with a snapshot, whose Director knows it. */
    private final class Disk {
        final DiskCid cid = cloud.provider
                .disks()
                .create(
                        cloud.call,
                        new DiskRequest(64, Harness.properties(Map.of("snapshots.expiry", "7d")), Optional.empty()));
        final SnapshotCid snapshot;
        final Map<String, String> config;

        Disk() {
            cloud.provider.disks().setMetadata(cloud.call, cid, Map.of("name", "zk/0"));
            cloud.operator().volumes("btrfs").patchConfig(cid.value(), Map.of("volatile.idmap.last", "[shifted]"));
            snapshot = snapshots().create(cloud.call, cid, Map.of("index", "0"));
            config = volume().config();
        }

        Volume volume() {
            return cloud.operator().volumes("btrfs").find(cid.value()).orElseThrow();
        }

        List<VolumeSnapshot> taken() {
            return cloud.operator().volumes("btrfs").listWithSnapshots().snapshots().stream()
                    .filter(found -> found.volume().equals(cid.value()))
                    .toList();
        }

        void assertIsOn(String member) {
            Volume volume = volume();
            assertThat(volume.location()).isEqualTo(member);
            assertThat(volume.config()).containsAllEntriesOf(without(config, "user.bosh.created_at"));
            assertThat(volume.config()).doesNotContainKeys("user.bosh.replaces", "user.bosh.moving_to");
            assertThat(taken())
                    .singleElement()
                    .satisfies(kept -> assertThat(cid + "." + kept.name()).isEqualTo(snapshot.value()))
                    .satisfies(kept -> assertThat(kept.description()).isEqualTo("index=0"));
        }
    }

    private interface AfterCut {
        void look(Disk disk, int step);
    }

    /** Lets each request of an attachment be the first that fails, and returns how many there are. */
    private int cutOffEverywhere(AfterCut then) throws IOException {
        return cutOffEverywhere(Fault.ERROR_500_ON, then);
    }

    private int cutOffEverywhere(Fault fault, AfterCut then) throws IOException {
        try (FaultProxy proxy = cloud.proxy();
                CloudProvider cut = cloud.through()) {
            for (int step = 1; step < 100; step++) {
                Disk disk = new Disk();
                boolean whole = cutOff(proxy, cut, fault, disk.cid, step);
                then.look(disk, step);
                if (whole) {
                    return step - 1;
                }
            }
            throw new AssertionError("the attachment does not come to its end");
        }
    }

    /** Returns whether the attachment came to its end before. */
    private boolean cutOff(FaultProxy proxy, CloudProvider cut, Fault fault, DiskCid disk, int step) {
        proxy.arm(fault, step, () -> {});
        try {
            cut.disks().attach(cloud.call, there, disk);
            return true;
        } catch (CpiException e) {
            return false;
        } finally {
            proxy.disarm();
        }
    }

    /** Lets the copies of a disk be of earlier days. */
    private void makeOlder(Disk disk) {
        for (Volume volume : volumes()) {
            if (!volume.name().equals(disk.cid.value())) {
                Map<String, String> mark = Map.of("user.bosh.created_at", "2020-01-01T00:00:00Z");
                cloud.operator().volumes("btrfs").patchConfig(volume.name(), mark);
            }
        }
    }

    /** The requests of an attachment, with the disk's name left out of those about it. */
    private List<String> requestsOf(FaultProxy proxy, CloudProvider watched, Disk disk) {
        proxy.watch();
        watched.disks().attach(cloud.call, there, disk.cid);
        List<String> requests = new ArrayList<>();
        for (String request : proxy.disarm()) {
            requests.add(request.replaceFirst("/1.0/.*/" + disk.cid + "$", URL_OF_DISK));
        }
        cloud.provider.disks().detach(cloud.call, there, disk.cid);
        cloud.provider.disks().delete(cloud.call, disk.cid);
        return requests;
    }

    private void deleteWithLeftovers(Disk disk) {
        cloud.provider.disks().delete(cloud.call, disk.cid);
        Maintenance maintenance = cloud.provider.maintenance().orElseThrow();
        maintenance.remove(cloud.call, maintenance.leftovers(cloud.call));
        for (Volume left : volumes()) {
            cloud.operator().volumes("btrfs").delete(left.name());
        }
    }

    private static Map<String, String> without(Map<String, String> config, String key) {
        Map<String, String> others = new TreeMap<>(config);
        others.remove(key);
        return others;
    }

    private String attach(VmCid vm, DiskCid disk) {
        return cloud.provider.disks().attach(cloud.call, vm, disk).path();
    }

    private Snapshots snapshots() {
        return cloud.provider.snapshots().orElseThrow();
    }

    private List<Volume> volumes() {
        return cloud.operator().volumes("btrfs").list();
    }
}
