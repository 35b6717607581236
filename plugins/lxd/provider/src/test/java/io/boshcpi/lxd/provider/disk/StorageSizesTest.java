package io.boshcpi.lxd.provider.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.OnFakeLxd;
import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.lxd.spi.VolumeRequest.Purpose;
import io.boshcpi.lxd.spi.VolumeSizes;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskUpdates;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.VmCid;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A driver whose volumes have at least 64 MiB, in steps of 64 MiB, and which nobody makes smaller. */
@Tag("fake")
@ParameterizedClass
@EnumSource(Dialect.class)
final class StorageSizesTest {
    private static final String POOL = "coarse";

    private final OnFakeLxd cloud;

    StorageSizesTest(Dialect dialect) throws IOException {
        this.cloud = new OnFakeLxd(dialect, List.of(new Coarse(), new NoRoots()));
    }

    @AfterEach
    void close() throws IOException {
        cloud.close();
    }

    @Test
    void aDiskGetsTheNextLargerSizeAndRemembersTheOneThatBoshAskedFor() {
        DiskCid disk = disk(100);

        assertThat(config(disk)).containsEntry("size", "128MiB").containsEntry(Marks.SIZE, "100");
    }

    @Test
    void aSizeThatFitsIsKept() {
        assertThat(config(disk(128))).containsEntry("size", "128MiB").containsEntry(Marks.SIZE, "128");
    }

    @Test
    void growingWithinTheStepIsNoShrinking() {
        DiskCid disk = disk(100);

        updates().resize(cloud.call, disk, 120);

        assertThat(config(disk)).containsEntry("size", "128MiB").containsEntry(Marks.SIZE, "120");
    }

    @Test
    void shrinkingWithinTheStepIsNone() {
        DiskCid disk = disk(120);

        assertThat(updates().update(cloud.call, disk, 100, Harness.properties(Map.of("storage_pool", POOL))))
                .isEqualTo(disk);

        assertThat(config(disk)).containsEntry("size", "128MiB").containsEntry(Marks.SIZE, "100");
    }

    @Test
    void growingGoesToTheNextStep() {
        DiskCid disk = disk(100);

        updates().resize(cloud.call, disk, 129);

        assertThat(config(disk)).containsEntry("size", "192MiB").containsEntry(Marks.SIZE, "129");
    }

    @Test
    void theSameSizeAgainChangesNothing() {
        DiskCid disk = disk(100);
        cloud.requests();

        updates().resize(cloud.call, disk, 100);

        assertThat(cloud.requests()).noneMatch(request -> request.startsWith("PATCH"));
    }

    @Test
    void aStepLessIsShrinking() {
        DiskCid disk = disk(129);

        assertThatThrownBy(() -> updates().resize(cloud.call, disk, 128))
                .isInstanceOfSatisfying(
                        CpiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.NOT_SUPPORTED))
                .hasMessageContaining("it has 192 MiB");
        assertThat(config(disk)).containsEntry("size", "192MiB").containsEntry(Marks.SIZE, "129");
    }

    @Test
    void lessThanTheLeastIsRefusedWhereTheOperatorWroteIt() {
        DiskCid disk = disk(64);
        String least = " must be at least 64 MiB in a pool of the driver coarse, but is 63 MiB";

        assertRefused(() -> disk(63), "The disk's size" + least);
        assertRefused(() -> updates().resize(cloud.call, disk, 63), "The disk's size" + least);
        assertRefused(() -> vm(POOL, Map.of("root_disk", 63)), "cloud_properties.root_disk" + least);
        assertRefused(() -> vm(POOL, Map.of("ephemeral_disk", 63)), "cloud_properties.ephemeral_disk" + least);
        assertThat(cloud.operator().instances().list()).isEmpty();
    }

    @Test
    void theDisksOfAVmAreRoundedToo() throws IOException {
        VmCid vm = vm(POOL, Map.of("root_disk", 65, "ephemeral_disk", 129));

        assertThat(cloud.operator().instances().find(vm.value()).orElseThrow().devices())
                .extractingByKey("root")
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("size", "128MiB");
        assertThat(cloud.operator()
                        .volumes(POOL)
                        .find(vm.value() + "-ephemeral")
                        .orElseThrow()
                        .config())
                .containsEntry("size", "192MiB");
    }

    @Test
    void aRootDiskWithoutASizeIsTheServers() throws IOException {
        VmCid vm = vm(POOL, Map.of());

        assertThat(cloud.operator().instances().find(vm.value()).orElseThrow().devices())
                .extractingByKey("root")
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .doesNotContainKey("size");
    }

    @Test
    void aDriverCanRefuseRootDisks() {
        assertRefused(() -> vm("noroots", Map.of()), "no root disks here");
        assertRefused(() -> vm("noroots", Map.of("root_disk", 512)), "no root disks here");
    }

    private DiskCid disk(int sizeMib) {
        return cloud.disk(sizeMib, Map.of("storage_pool", POOL));
    }

    private VmCid vm(String pool, Map<String, Object> properties) throws IOException {
        Map<String, Object> all = new TreeMap<>(properties);
        all.put("storage_pool", pool);
        return cloud.vm(cloud.stemcell(), all);
    }

    private DiskUpdates updates() {
        return cloud.provider.diskUpdates().orElseThrow();
    }

    private Map<String, String> config(DiskCid disk) {
        return cloud.operator().volumes(POOL).find(disk.value()).orElseThrow().config();
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CpiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.CPI_ERROR))
                .hasMessageContaining(message);
    }

    private static final class Coarse implements StorageDriver {
        @Override
        public String name() {
            return POOL;
        }

        @Override
        public Set<StorageCapability> capabilities() {
            return EnumSet.of(StorageCapability.GROWS_IN_USE);
        }

        @Override
        public Options options() {
            return Options.none();
        }

        @Override
        public VolumeSizes sizes() {
            return VolumeSizes.any().from(64).inStepsOf(64);
        }
    }

    private static final class NoRoots implements StorageDriver {
        @Override
        public String name() {
            return "noroots";
        }

        @Override
        public Set<StorageCapability> capabilities() {
            return Set.of();
        }

        @Override
        public Options options() {
            return Options.none();
        }

        @Override
        public Map<String, String> volumeConfig(VolumeRequest request) {
            if (request.purpose() == Purpose.ROOT) {
                throw CpiException.badRequest("There are no root disks here");
            }
            return request.config();
        }
    }
}
