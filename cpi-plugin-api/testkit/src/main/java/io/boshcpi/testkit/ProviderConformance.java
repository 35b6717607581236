package io.boshcpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.boshcpi.spi.AgentId;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.CreatedVm;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskHint;
import io.boshcpi.spi.DiskRequest;
import io.boshcpi.spi.DiskUpdates;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.SnapshotCid;
import io.boshcpi.spi.Snapshots;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import io.boshcpi.spi.VmCid;
import io.boshcpi.spi.VmRequest;
import io.boshcpi.spi.VmResources;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apiguardian.api.API;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The conformance suite of providers: what BOSH relies on, driven through the SPI alone.
 *
 * <p>Extend it, and say how a provider, a stemcell and a VM are had. Everything that a test makes is removed after it,
 * also when it fails. VMs need not come up; nothing is asked of a guest.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ProviderConformance {
    private static final long DISK_MIB = 64;

    private final Deque<Runnable> cleanUps = new ArrayDeque<>();
    private final String director = UUID.randomUUID().toString();
    private CloudProvider provider;
    private StemcellCid stemcell;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init") // JUnit calls begin() before anything else.
    protected ProviderConformance() {}

    /**
     * Makes the provider that is tested; called once, before the first test. A {@code @TempDir} of yours has to be
     * {@code static} for that.
     */
    protected abstract CloudProvider createProvider();

    /** An image that VMs can be made from; called once. */
    protected abstract StemcellImage stemcellImage();

    /**
     * A VM to be asked for; called for each VM.
     *
     * @param agent the agent of the VM
     * @param stemcell the stemcell that was made from {@link #stemcellImage()}
     * @param disks persistent disks that will be attached
     * @return a request that no other living VM of the tests is in the way of: with addresses of its own, if it has any
     */
    protected abstract VmRequest vmRequest(AgentId agent, StemcellCid stemcell, List<DiskCid> disks);

    /** The cloud properties of a disk; none, unless a subclass says otherwise. */
    protected PropertyTree diskProperties() {
        return PropertyTree.empty("cloud_properties");
    }

    /** How long one call may take; five minutes, unless a subclass says otherwise. */
    protected Duration timeout() {
        return Duration.ofMinutes(5);
    }

    @BeforeAll
    final void begin() {
        provider = createProvider();
        stemcell = provider.stemcells().create(call(), stemcellImage());
    }

    @AfterAll
    final void end() {
        provider.stemcells().delete(call(), stemcell);
        provider.close();
    }

    @AfterEach
    final void cleanUp() {
        List<RuntimeException> failures = new ArrayList<>();
        while (!cleanUps.isEmpty()) {
            try {
                cleanUps.pop().run();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        assertThat(failures).as("failures while cleaning up").isEmpty();
    }

    /** The provider that is tested. */
    protected final CloudProvider provider() {
        return provider;
    }

    /** A new call. */
    protected final Call call() {
        return new Call("test-" + UUID.randomUUID(), Optional.of(director), Deadline.in(timeout()));
    }

    /** Makes a VM that is removed after the test. */
    protected final VmCid createVm(DiskCid... disks) {
        return createVm(new AgentId(UUID.randomUUID().toString()), disks);
    }

    private VmCid createVm(AgentId agent, DiskCid... disks) {
        CreatedVm created = provider.vms().create(call(), vmRequest(agent, stemcell, List.of(disks)));
        cleanUps.push(() -> provider.vms().delete(call(), created.cid()));
        return created.cid();
    }

    /** Makes a disk that is removed after the test. */
    protected final DiskCid createDisk() {
        DiskCid disk = provider.disks().create(call(), new DiskRequest(DISK_MIB, diskProperties(), Optional.empty()));
        cleanUps.addLast(() -> provider.disks().delete(call(), disk)); // after the VMs, which may still have it
        return disk;
    }

    /** A CID that a VM of this cloud had once. */
    private VmCid absentVm() {
        VmCid vm = createVm();
        provider.vms().delete(call(), vm);
        return vm;
    }

    /** A CID that a disk of this cloud had once. */
    private DiskCid absentDisk() {
        DiskCid disk = createDisk();
        provider.disks().delete(call(), disk);
        return disk;
    }

    private static void assertFails(ErrorType type, ThrowingCallable work) {
        CpiException failure = catchThrowableOfType(CpiException.class, work);
        if (failure == null) {
            throw new AssertionError("This has to fail with " + type.wireName() + ", but it succeeded");
        }
        assertThat(failure.type())
                .as("the type of the failure, whose message is: %s", failure.getMessage())
                .isEqualTo(type);
    }

    @Test
    void aVmExistsFromItsCreationToItsDeletion() {
        VmCid vm = createVm();
        assertThat(provider.vms().exists(call(), vm)).isTrue();
        provider.vms().delete(call(), vm);
        assertThat(provider.vms().exists(call(), vm)).isFalse();
    }

    @Test
    void createVmAnswersWithTheNetworksThatWereAskedFor() {
        VmRequest request = vmRequest(new AgentId(UUID.randomUUID().toString()), stemcell, List.of());
        CreatedVm created = provider.vms().create(call(), request);
        cleanUps.push(() -> provider.vms().delete(call(), created.cid()));
        for (NetworkSpec network : request.networks()) {
            assertThat(created.networks()).containsKey(network.name());
        }
    }

    @Test
    void twoVmsOfOneAgentGetTwoCids() {
        AgentId agent = new AgentId(UUID.randomUUID().toString());
        assertThat(createVm(agent)).isNotEqualTo(createVm(agent));
    }

    @Test
    void deletingAVmTwiceSucceeds() {
        VmCid vm = absentVm();
        provider.vms().delete(call(), vm);
        assertThat(provider.vms().exists(call(), vm)).isFalse();
    }

    @Test
    void aVmThatNeverWasDoesNotExistAndCanBeDeleted() {
        VmCid vm = new VmCid("vm-" + UUID.randomUUID());
        assertThat(provider.vms().exists(call(), vm)).isFalse();
        provider.vms().delete(call(), vm);
    }

    @Test
    void aVmCanBeRebooted() {
        VmCid vm = createVm();
        provider.vms().reboot(call(), vm);
        assertThat(provider.vms().exists(call(), vm)).isTrue();
    }

    @Test
    void whatNeedsAVmSaysThatItIsAbsent() {
        VmCid vm = absentVm();
        assertFails(ErrorType.VM_NOT_FOUND, () -> provider.vms().reboot(call(), vm));
        assertFails(ErrorType.VM_NOT_FOUND, () -> provider.vms().setMetadata(call(), vm, Map.of("a", "b")));
        assertFails(ErrorType.VM_NOT_FOUND, () -> provider.vms().disks(call(), vm));
    }

    @Test
    void metadataOfAnyCharactersAreAcceptedAndAgain() {
        Map<String, String> metadata =
                Map.of("director", "a", "a key/with: odd=characters \"ß\"", "line\nbreak \\ €", "empty", "");
        VmCid vm = createVm();
        DiskCid disk = createDisk();
        for (int i = 0; i < 2; i++) {
            provider.vms().setMetadata(call(), vm, metadata);
            provider.disks().setMetadata(call(), disk, metadata);
        }
    }

    @Test
    void theCloudPropertiesForASizeDoNotChange() {
        VmResources resources = new VmResources(2, 4096, 10240);
        assertThat(provider.vms().cloudPropertiesFor(resources))
                .isEqualTo(provider.vms().cloudPropertiesFor(resources))
                .isNotEmpty();
    }

    @Test
    void aDiskExistsFromItsCreationToItsDeletion() {
        DiskCid disk = createDisk();
        assertThat(provider.disks().exists(call(), disk)).isTrue();
        provider.disks().delete(call(), disk);
        assertThat(provider.disks().exists(call(), disk)).isFalse();
        provider.disks().delete(call(), disk);
    }

    @Test
    void twoDisksGetTwoCids() {
        assertThat(createDisk()).isNotEqualTo(createDisk());
    }

    @Test
    void attachingADiskAgainGivesTheSameHintAgain() {
        DiskCid disk = createDisk();
        VmCid vm = createVm(disk);
        DiskHint hint = provider.disks().attach(call(), vm, disk);
        assertThat(provider.disks().attach(call(), vm, disk)).isEqualTo(hint);
        assertThat(provider.vms().disks(call(), vm)).containsExactly(disk);
    }

    @Test
    void aDiskMovesFromVmToVm() {
        DiskCid disk = createDisk();
        VmCid first = createVm(disk);
        VmCid second = createVm();
        provider.disks().attach(call(), first, disk);
        assertFails(ErrorType.CLOUD_ERROR, () -> provider.disks().attach(call(), second, disk));
        provider.disks().detach(call(), first, disk);
        provider.disks().attach(call(), second, disk);
        assertThat(provider.vms().disks(call(), first)).isEmpty();
        assertThat(provider.vms().disks(call(), second)).containsExactly(disk);
    }

    @Test
    void twoDisksCanBeAttachedToOneVm() {
        DiskCid one = createDisk();
        DiskCid other = createDisk();
        VmCid vm = createVm();
        assertThat(provider.disks().attach(call(), vm, one))
                .isNotEqualTo(provider.disks().attach(call(), vm, other));
        assertThat(provider.vms().disks(call(), vm)).containsExactlyInAnyOrder(one, other);
    }

    @Test
    void attachingWhatIsAbsentNamesTheType() {
        VmCid vm = createVm();
        DiskCid disk = createDisk();
        DiskCid absentDisk = absentDisk();
        VmCid absentVm = absentVm();
        assertFails(ErrorType.DISK_NOT_FOUND, () -> provider.disks().attach(call(), vm, absentDisk));
        assertFails(ErrorType.VM_NOT_FOUND, () -> provider.disks().attach(call(), absentVm, disk));
        assertFails(ErrorType.DISK_NOT_FOUND, () -> provider.disks().setMetadata(call(), absentDisk, Map.of("a", "b")));
    }

    @Test
    void detachingWhatIsNotAttachedSucceeds() {
        DiskCid disk = createDisk();
        VmCid vm = createVm();
        provider.disks().attach(call(), vm, disk);
        provider.disks().detach(call(), vm, disk);
        provider.disks().detach(call(), vm, disk);
        provider.disks().detach(call(), vm, absentDisk());
        provider.disks().detach(call(), absentVm(), disk);
    }

    @Test
    void aDiskThatIsAttachedIsNotDeleted() {
        DiskCid disk = createDisk();
        VmCid vm = createVm();
        provider.disks().attach(call(), vm, disk);
        assertFails(ErrorType.CLOUD_ERROR, () -> provider.disks().delete(call(), disk));
        assertThat(provider.disks().exists(call(), disk)).isTrue();
    }

    @Test
    void deletingAVmKeepsTheDisksThatAreAttached() {
        DiskCid disk = createDisk();
        VmCid vm = createVm();
        DiskHint hint = provider.disks().attach(call(), vm, disk);
        provider.vms().delete(call(), vm);
        assertThat(provider.disks().exists(call(), disk)).isTrue();
        assertThat(provider.disks().attach(call(), createVm(), disk)).isEqualTo(hint);
    }

    @Test
    void aRebootedVmKeepsItsDisks() {
        DiskCid disk = createDisk();
        VmCid vm = createVm();
        provider.disks().attach(call(), vm, disk);
        provider.vms().reboot(call(), vm);
        assertThat(provider.vms().disks(call(), vm)).containsExactly(disk);
    }

    @Test
    void aStemcellThatWasNeverThereCanBeDeleted() {
        provider.stemcells().delete(call(), new StemcellCid("sc-" + UUID.randomUUID()));
    }

    @Test
    void aDiskCanBeGivenASizeThatItHasAlready() {
        assumeTrue(provider.diskUpdates().isPresent(), "the provider cannot change disks");
        DiskUpdates updates = provider.diskUpdates().orElseThrow();
        DiskCid disk = createDisk();
        updates.resize(call(), disk, 2 * DISK_MIB);
        updates.resize(call(), disk, 2 * DISK_MIB);
        DiskCid absent = absentDisk();
        assertFails(ErrorType.DISK_NOT_FOUND, () -> updates.resize(call(), absent, 2 * DISK_MIB));
    }

    @Test
    void aDiskThatIsUpdatedExistsUnderTheCidOfTheAnswer() {
        assumeTrue(provider.diskUpdates().isPresent(), "the provider cannot change disks");
        DiskUpdates updates = provider.diskUpdates().orElseThrow();
        DiskCid disk = createDisk();
        DiskCid updated = updates.update(call(), disk, 2 * DISK_MIB, diskProperties());
        cleanUps.push(() -> provider.disks().delete(call(), updated));
        assertThat(provider.disks().exists(call(), updated)).isTrue();
        assertThat(provider.disks().exists(call(), disk)).isEqualTo(updated.equals(disk));
    }

    @Test
    void aSnapshotCanBeTakenOfAnAttachedDiskAndDeletedTwice() {
        assumeTrue(provider.snapshots().isPresent(), "the provider takes no snapshots");
        Snapshots snapshots = provider.snapshots().orElseThrow();
        DiskCid disk = createDisk();
        provider.disks().attach(call(), createVm(), disk);
        SnapshotCid first = snapshots.create(call(), disk, Map.of("deployment", "a"));
        SnapshotCid second = snapshots.create(call(), disk, Map.of());
        assertThat(first).isNotEqualTo(second);
        for (SnapshotCid snapshot : List.of(first, second, first, second)) {
            snapshots.delete(call(), snapshot);
        }
        DiskCid absent = absentDisk();
        assertFails(ErrorType.DISK_NOT_FOUND, () -> snapshots.create(call(), absent, Map.of()));
    }
}
