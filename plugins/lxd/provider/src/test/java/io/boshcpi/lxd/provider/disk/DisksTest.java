package io.boshcpi.lxd.provider.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.session.NewVolume;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.OnFakeLxd;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskUpdates;
import io.boshcpi.spi.ErrorType;
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
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fake")
@ParameterizedClass
@EnumSource(Dialect.class)
final class DisksTest {
    private final OnFakeLxd cloud;

    DisksTest(Dialect dialect) throws IOException {
        this.cloud = new OnFakeLxd(dialect);
    }

    @AfterEach
    void close() throws IOException {
        cloud.close();
    }

    static Stream<String> drivers() {
        return OnFakeLxd.DRIVERS.stream();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void aDiskLivesOnEveryDriver(String pool) throws IOException {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of());
        DiskCid disk = cloud.disk(64, Map.of("storage_pool", pool));

        assertThat(cloud.provider.disks().exists(cloud.call, disk)).isTrue();
        String hint = cloud.provider.disks().attach(cloud.call, vm, disk).path();
        assertThat(hint).isEqualTo("/warden-cpi-dev/" + disk);
        assertThat(cloud.provider.disks().attach(cloud.call, vm, disk).path()).isEqualTo(hint);
        cloud.provider.disks().setMetadata(cloud.call, disk, Map.of("deployment", "zookeeper"));
        SnapshotCid snapshot = snapshots().create(cloud.call, disk, Map.of("index", "0"));
        snapshots().delete(cloud.call, snapshot);
        snapshots().delete(cloud.call, snapshot);
        cloud.provider.disks().detach(cloud.call, vm, disk);
        cloud.provider.disks().detach(cloud.call, vm, disk);
        updates().resize(cloud.call, disk, 128);
        updates().resize(cloud.call, disk, 128);
        cloud.provider.disks().delete(cloud.call, disk);
        cloud.provider.disks().delete(cloud.call, disk);
        assertThat(cloud.provider.disks().exists(cloud.call, disk)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void shrinkingIsLeftToBosh(String pool) {
        DiskCid disk = cloud.disk(64, Map.of("storage_pool", pool));

        assertThatThrownBy(() -> updates().resize(cloud.call, disk, 32))
                .isInstanceOfSatisfying(
                        CpiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.NOT_SUPPORTED));
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void aDiskIsNotLargerThanItsPool(String pool) {
        long bytes = 10L << 30; // as a size in bytes would be
        DiskCid disk = cloud.disk(64, Map.of("storage_pool", pool));
        DiskCid elsewhere = cloud.disk(64, Map.of("storage_pool", pool.equals("dir") ? "btrfs" : "dir"));

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> cloud.disk(bytes, Map.of("storage_pool", pool)),
                () -> updates().resize(cloud.call, disk, bytes),
                () -> updates()
                        .update(cloud.call, elsewhere, bytes, Harness.properties(Map.of("storage_pool", pool))))) {
            assertThatThrownBy(call)
                    .hasMessageMatching("A disk of " + bytes + " MiB is larger than the whole storage pool " + pool
                            + ", which has \\d+ MiB; a disk's size is in MiB")
                    .isInstanceOfSatisfying(CpiException.class, e -> {
                        assertThat(e.type()).isEqualTo(ErrorType.NO_DISK_SPACE);
                        assertThat(e.okToRetry()).isFalse();
                    });
        }
        assertThat(cloud.operator().volumes(pool).list()).hasSize(1);
    }

    @Test
    void anOptionOfAnotherDriverIsRefusedByName() {
        assertThatThrownBy(() -> cloud.disk(64, Map.of("storage_pool", "btrfs", "zfs.blocksize", "16KiB")))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("cloud_properties.zfs.blocksize is not known here");
    }

    @Test
    void anOptionOfTheDriverReachesTheVolume() {
        DiskCid disk = cloud.disk(64, Map.of("storage_pool", "zfs", "zfs.blocksize", "16KiB"));

        assertThat(cloud.provider.disks().exists(cloud.call, disk)).isTrue();
    }

    @Test
    void aDiskMovesToAnotherPoolUnderANewCid() {
        DiskCid disk = cloud.disk(64, Map.of("storage_pool", "btrfs"));

        DiskCid moved = updates().update(cloud.call, disk, 96, Harness.properties(Map.of("storage_pool", "dir")));

        assertThat(moved).isNotEqualTo(disk);
        assertThat(cloud.provider.disks().exists(cloud.call, disk)).isFalse();
        assertThat(cloud.provider.disks().exists(cloud.call, moved)).isTrue();
    }

    @Test
    void aMoveWhoseAnswerWasLostIsFinishedByTheNext() {
        DiskCid disk = cloud.disk(64, Map.of());
        cloud.lxd.faults().on("DELETE", ".*/" + disk).dropAnswer();
        Map<String, String> dir = Map.of("storage_pool", "dir");
        DiskCid moved = updates().update(cloud.call, disk, 64, Harness.properties(dir));

        DiskCid again = updates().update(cloud.call, disk, 64, Harness.properties(dir));

        assertThat(again).isEqualTo(moved);
        assertThat(cloud.operator().volumes("dir").list()).hasSize(1);
    }

    @Test
    void theOnlyCopyOfADiskIsNoLeftover() {
        DiskCid disk = cloud.disk(64, Map.of());

        updates().update(cloud.call, disk, 64, Harness.properties(Map.of("storage_pool", "dir")));

        assertThat(copies()).isEmpty();
    }

    @Test
    void aMoveOfADiskThatNeverExistedFindsNothing() {
        assertThatThrownBy(() -> moveToDir(DiskCids.inPool("btrfs")))
                .isInstanceOfSatisfying(
                        CpiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.DISK_NOT_FOUND));
    }

    /** The servers would otherwise shift the owners of its files a second time. */
    @Test
    void aDiskMovesWithTheIdMapOfItsFiles() {
        DiskCid disk = cloud.disk(64, Map.of("storage_pool", "btrfs"));
        Map<String, String> idMap = Map.of("volatile.idmap.last", "[shifted]", "volatile.idmap.next", "[wanted]");
        cloud.operator().volumes("btrfs").patchConfig(disk.value(), idMap);

        DiskCid moved = updates().update(cloud.call, disk, 64, Harness.properties(Map.of("storage_pool", "dir")));

        Map<String, String> config = cloud.operator()
                .volumes("dir")
                .find(moved.value())
                .orElseThrow()
                .config();
        assertThat(config).containsAllEntriesOf(idMap);
    }

    @Test
    void aDiskThatIsAttachedIsNotMoved() throws IOException {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of());
        DiskCid disk = cloud.disk(64, Map.of());
        cloud.provider.disks().attach(cloud.call, vm, disk);
        cloud.requests();

        assertThatThrownBy(() -> moveToDir(disk)).hasMessageContaining("is attached to " + vm);

        assertThat(cloud.requests()).allMatch(request -> request.startsWith("GET "));
    }

    @Test
    void aDiskThatIsNotDeletedAfterAllIsNotCopiedEither() {
        DiskCid disk = cloud.disk(64, Map.of());
        cloud.lxd.faults().on("DELETE", ".*/" + disk).fail(400, "The storage volume is still in use");

        assertThatThrownBy(() -> moveToDir(disk)).isInstanceOf(CpiException.class);

        assertThat(copies()).isEmpty();
        assertThat(cloud.provider.disks().exists(cloud.call, disk)).isTrue();
    }

    @Test
    void theCopyOfADiskIsKeptWhenTheOriginalMayBeDamaged() {
        DiskCid disk = cloud.disk(64, Map.of());
        cloud.provider.disks().setMetadata(cloud.call, disk, Map.of());
        cloud.lxd.faults().on("DELETE", ".*/" + disk).fail(500, "Failed to run: rm");

        assertThatThrownBy(() -> moveToDir(disk)).isInstanceOf(CpiException.class);

        assertThat(copies())
                .singleElement()
                .satisfies(copy -> assertThat(copy.precious()).isTrue())
                .satisfies(copy -> assertThat(copy.reason()).contains("a copy of " + disk));
    }

    @ParameterizedTest
    @ValueSource(strings = {"snap-2f0e", "disk.", "nodisk.snap-1"})
    void aSnapshotThatIsNoneOfThisCpisIsNotThere(String cid) {
        assertThatCode(() -> snapshots().delete(cloud.call, new SnapshotCid(cid)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sc-none", "light-none", "none"})
    void aStemcellThatIsNoneOfThisCpisIsNotThere(String cid) {
        assertThatCode(() -> cloud.provider.stemcells().delete(cloud.call, new StemcellCid(cid)))
                .doesNotThrowAnyException();
    }

    @Test
    void aDiskThatTheGuestStillUsesStaysAttached() throws IOException {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of());
        DiskCid disk = cloud.disk(64, Map.of());
        cloud.provider.disks().attach(cloud.call, vm, disk);
        cloud.lxd.guest(vm.value()).mount(disk.value(), "/var/vcap/store");

        assertThatThrownBy(() -> cloud.provider.disks().detach(cloud.call, vm, disk))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("still has it mounted");

        assertThat(cloud.provider.vms().disks(cloud.call, vm)).containsExactly(disk);
    }

    /** As a guest would that mounts by itself, after it was asked and before the device is taken away. */
    @Test
    void aDiskThatTheGuestMountsMeanwhileStaysAttached() throws Exception {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of());
        DiskCid disk = cloud.disk(64, Map.of());
        cloud.provider.disks().attach(cloud.call, vm, disk);
        cloud.requests();
        cloud.lxd.faults().on("PUT", ".*/" + vm).delay(Duration.ofMillis(500));

        CompletableFuture<Void> detachment =
                CompletableFuture.runAsync(() -> cloud.provider.disks().detach(cloud.call, vm, disk));
        awaitRequest("PUT /1.0/instances/vm-*");
        cloud.lxd.guest(vm.value()).mount(disk.value(), "/var/vcap/store");

        assertThatThrownBy(detachment::join)
                .hasRootCauseInstanceOf(CpiException.class)
                .hasMessageContaining("still has it mounted");
        assertThat(attachedTo(disk)).containsExactly(vm.value());
        assertThat(cloud.provider.vms().disks(cloud.call, vm)).containsExactly(disk);
    }

    @Test
    void aDiskIsNeverOnTwoVms() throws IOException {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of());
        DiskCid disk = cloud.disk(64, Map.of());
        cloud.provider.disks().attach(cloud.call, vm, disk);

        assertThatThrownBy(() -> cloud.provider.disks().attach(cloud.call, new VmCid("vm-other"), disk))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining(vm.value());
        assertThatThrownBy(() -> cloud.provider.disks().delete(cloud.call, disk))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("attached to " + vm);
    }

    @Test
    void aSnapshotThatFailsLeavesNothing() {
        DiskCid disk = cloud.disk(64, Map.of());
        cloud.lxd.faults().on("POST", ".*/snapshots.*").fail(500, "disk on fire");

        assertThatThrownBy(() -> snapshots().create(cloud.call, disk, Map.of("index", "0")))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("disk on fire");

        assertThat(cloud.operator().volumes("btrfs").snapshots(disk.value()).list())
                .isEmpty();
    }

    @Test
    void aSnapshotWithoutItsDescriptionIsASnapshot() {
        DiskCid disk = cloud.disk(64, Map.of());
        cloud.lxd.faults().on("PATCH", ".*/snapshots.*").fail(500, "disk on fire");

        SnapshotCid snapshot = snapshots().create(cloud.call, disk, Map.of("index", "0"));

        assertThat(cloud.operator().volumes("btrfs").snapshots(disk.value()).list())
                .hasSize(1);
        assertThat(cloud.provider.maintenance().orElseThrow().leftovers(cloud.call))
                .filteredOn(leftover -> leftover.kind().equals("snapshot"))
                .hasSize(1)
                .allMatch(Maintenance.Leftover::precious);
        snapshots().delete(cloud.call, snapshot);
    }

    /** Ten rounds, since only some of them overlap in the request that matters. */
    @Test
    void aDiskThatTwoVmsWantAtOnceEndsOnOne() throws Exception {
        StemcellCid stemcell = cloud.stemcell();
        VmCid first = cloud.vm(stemcell, Map.of());
        VmCid second = cloud.vm(stemcell, Map.of(), "10.77.1.21", Map.of());
        for (int round = 0; round < 10; round++) {
            DiskCid disk = cloud.disk(64, Map.of());

            List<CompletableFuture<Void>> attachments = new ArrayList<>();
            for (VmCid vm : List.of(first, second)) {
                attachments.add(
                        CompletableFuture.runAsync(() -> cloud.provider.disks().attach(cloud.call, vm, disk)));
            }
            int succeeded = 0;
            for (CompletableFuture<Void> attachment : attachments) {
                succeeded += attachment
                        .handle((nothing, failure) -> failure == null ? 1 : 0)
                        .get();
            }

            assertThat(succeeded).isEqualTo(1);
            assertThat(attachedTo(disk)).hasSize(1);
        }
    }

    /** As another process would, which does not know this one's locks. */
    @Test
    void aDiskThatAnotherProcessAttachesMeanwhileIsLetGo() throws Exception {
        StemcellCid stemcell = cloud.stemcell();
        VmCid vm = cloud.vm(stemcell, Map.of());
        VmCid other = cloud.vm(stemcell, Map.of(), "10.77.1.21", Map.of());
        DiskCid disk = cloud.disk(64, Map.of());
        cloud.requests();
        cloud.lxd.faults().on("PATCH", ".*/" + vm).delay(Duration.ofMillis(500));

        CompletableFuture<Void> attachment =
                CompletableFuture.runAsync(() -> cloud.provider.disks().attach(cloud.call, vm, disk));
        awaitRequest("PATCH /1.0/instances/vm-*");
        Map<String, String> device =
                Map.of("type", "disk", "pool", "btrfs", "source", disk.value(), "path", "/warden-cpi-dev/" + disk);
        cloud.operator().instances().patch(other.value(), Map.of(), Map.of(disk.value(), device));

        assertThatThrownBy(attachment::join)
                .hasRootCauseInstanceOf(CpiException.class)
                .hasMessageContaining("was attached to " + other + " at the same time");
        assertThat(attachedTo(disk)).containsExactly(other.value());
    }

    @Test
    void aMoveGivesUpWhenTheDiskWasAttachedMeanwhile() throws Exception {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of());
        DiskCid disk = cloud.disk(64, Map.of());
        cloud.lxd.faults().on("POST", ".*/dir/volumes/custom").delay(Duration.ofMillis(500));

        CompletableFuture<Void> move = CompletableFuture.runAsync(() -> moveToDir(disk));
        awaitRequest("POST /1.0/storage-pools/dir/volumes/custom");
        try (CloudProvider other = cloud.anotherProcess()) {
            other.disks().attach(cloud.call, vm, disk);
            other.disks().detach(cloud.call, vm, disk);
        }

        assertThatThrownBy(move::join)
                .hasRootCauseInstanceOf(CpiException.class)
                .hasMessageContaining("is not moved");
        assertThat(cloud.provider.disks().exists(cloud.call, disk)).isTrue();
        assertThat(cloud.operator().volumes("dir").list()).isEmpty();
    }

    @Test
    void aDiskWhoseMoveWasCutOffIsAttachedByItsOldCid() throws Exception {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of());
        DiskCid disk = cloud.disk(64, Map.of());
        DiskCid copy = moveToDir(disk);

        String path = cloud.provider.disks().attach(cloud.call, vm, disk).path();
        cloud.provider.disks().setMetadata(cloud.call, disk, Map.of("name", "zk/0"));

        assertThat(path).isEqualTo("/warden-cpi-dev/" + disk);
        assertThat(attachedTo(copy, "dir")).containsExactly(vm.value());
        cloud.provider.disks().detach(cloud.call, vm, disk);
        assertThat(moveToDir(disk)).isEqualTo(copy);
    }

    @Test
    void aDiskIsDeletedWithTheCopiesOfMovesThatWereCutOff() {
        DiskCid disk = cloud.disk(64, Map.of());
        cloud.lxd.faults().on("DELETE", ".*/btrfs/.*/" + disk).fail(500, "disk on fire");
        assertThatThrownBy(() -> moveToDir(disk)).hasMessageContaining("disk on fire");
        assertThat(cloud.operator().volumes("dir").list()).hasSize(1);

        cloud.provider.disks().delete(cloud.call, disk);

        assertThat(cloud.operator().volumes("dir").list()).isEmpty();
        assertThat(cloud.operator().volumes("btrfs").list()).isEmpty();
    }

    private void awaitRequest(String line) throws InterruptedException {
        while (!cloud.lxd.requests().lines().contains(line)) {
            Thread.sleep(5);
        }
    }

    private List<String> attachedTo(DiskCid disk) {
        return attachedTo(disk, "btrfs");
    }

    private List<String> attachedTo(DiskCid disk, String pool) {
        List<String> instances = new ArrayList<>();
        cloud.operator()
                .volumes(pool)
                .find(disk.value())
                .orElseThrow()
                .attachedTo()
                .forEach(instance -> instances.add(instance.name()));
        return instances;
    }

    @Test
    void aVolumeThatTheCpiDidNotMakeIsLeftAlone() throws IOException {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of());
        cloud.operator().volumes("btrfs").create(NewVolume.filesystem("foreign", Map.of("size", "64MiB")));
        DiskCid foreign = new DiskCid("foreign");
        cloud.requests();

        List<ThrowableAssert.ThrowingCallable> calls = List.of(
                () -> cloud.provider.disks().delete(cloud.call, foreign),
                () -> cloud.provider.disks().attach(cloud.call, vm, foreign),
                () -> snapshots().create(cloud.call, foreign, Map.of()),
                () -> updates().resize(cloud.call, foreign, 128),
                () -> moveToDir(foreign));

        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(call)
                        .isInstanceOf(CpiException.class)
                        .hasMessageContaining("The volume foreign in the storage pool btrfs was not made by this CPI"));
        assertThat(cloud.requests()).allMatch(request -> request.startsWith("GET "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth0", "root", "ephemeral"})
    void onlyADiskIsDetached(String device) throws IOException {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of("ephemeral_disk", 64));

        cloud.provider.disks().detach(cloud.call, vm, new DiskCid(device));

        assertThat(cloud.operator().instances().find(vm.value()).orElseThrow().devices())
                .containsKey(device);
    }

    private DiskCid moveToDir(DiskCid disk) {
        return updates().update(cloud.call, disk, 64, Harness.properties(Map.of("storage_pool", "dir")));
    }

    /** The disks in the other pool, which no Director knows. */
    private List<Maintenance.Leftover> copies() {
        return cloud.provider.maintenance().orElseThrow().leftovers(cloud.call).stream()
                .filter(leftover -> leftover.name().startsWith("dir/"))
                .toList();
    }

    private Snapshots snapshots() {
        return cloud.provider.snapshots().orElseThrow();
    }

    private DiskUpdates updates() {
        return cloud.provider.diskUpdates().orElseThrow();
    }
}
