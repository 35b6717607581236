package io.boshcpi.lxd.provider.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.OnFakeLxd;
import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What may be done with a disk is what the driver of its pool says. */
@Tag("fake")
final class StorageCapabilitiesTest {
    private static final String POOL = "custom";

    @Test
    void anAttachedDiskGrowsOnlyIfItsDriverSaysSo() throws IOException {
        on(EnumSet.of(StorageCapability.GROWS_IN_USE), cloud -> {
            updates(cloud).resize(cloud.call, attached(cloud), 128);
        });
        on(EnumSet.noneOf(StorageCapability.class), cloud -> {
            DiskCid disk = attached(cloud);
            assertNotSupported(
                    () -> updates(cloud).resize(cloud.call, disk, 128),
                    "a pool of the driver custom resizes a disk only while it is detached");
        });
    }

    @Test
    void aDetachedDiskGrowsOnEveryDriver() throws IOException {
        on(EnumSet.noneOf(StorageCapability.class), cloud -> {
            DiskCid disk = cloud.disk(64, Map.of("storage_pool", POOL));
            updates(cloud).resize(cloud.call, disk, 128);
            assertThat(size(cloud, disk)).isEqualTo("128MiB");
        });
    }

    @Test
    void aDiskShrinksInPlaceOnlyIfItsDriverSaysSo() throws IOException {
        on(EnumSet.of(StorageCapability.SHRINKS), cloud -> {
            DiskCid disk = cloud.disk(64, Map.of("storage_pool", POOL));
            updates(cloud).resize(cloud.call, disk, 32);
            assertThat(size(cloud, disk)).isEqualTo("32MiB");
        });
        on(EnumSet.noneOf(StorageCapability.class), cloud -> {
            DiskCid disk = cloud.disk(64, Map.of("storage_pool", POOL));
            assertNotSupported(() -> updates(cloud).resize(cloud.call, disk, 32), "not made smaller in place");
            assertThat(size(cloud, disk)).isEqualTo("64MiB");
        });
    }

    @Test
    void aDiskIsMovedOnlyIfBothDriversSaySo() throws IOException {
        on(EnumSet.of(StorageCapability.MOVES), cloud -> {
            DiskCid moved = move(cloud, cloud.disk(64, Map.of("storage_pool", POOL)), "btrfs");
            assertThat(cloud.provider.disks().exists(cloud.call, moved)).isTrue();
        });
        on(EnumSet.noneOf(StorageCapability.class), cloud -> {
            DiskCid here = cloud.disk(64, Map.of("storage_pool", POOL));
            DiskCid there = cloud.disk(64, Map.of("storage_pool", "btrfs"));
            assertNotSupported(() -> move(cloud, here, "btrfs"), "the driver custom copies no volumes");
            assertNotSupported(() -> move(cloud, there, POOL), "the driver custom copies no volumes");
            assertThat(cloud.provider.disks().exists(cloud.call, here)).isTrue();
            assertThat(cloud.provider.disks().exists(cloud.call, there)).isTrue();
        });
    }

    private interface Check {
        void on(OnFakeLxd cloud) throws IOException;
    }

    private static void on(Set<StorageCapability> capabilities, Check check) throws IOException {
        try (OnFakeLxd cloud = new OnFakeLxd(Dialect.LXD, List.of(new CustomDriver(capabilities)))) {
            check.on(cloud);
        }
    }

    private static DiskCid attached(OnFakeLxd cloud) throws IOException {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of());
        DiskCid disk = cloud.disk(64, Map.of("storage_pool", POOL));
        cloud.provider.disks().attach(cloud.call, vm, disk);
        return disk;
    }

    private static DiskCid move(OnFakeLxd cloud, DiskCid disk, String pool) {
        return updates(cloud).update(cloud.call, disk, 64, Harness.properties(Map.of("storage_pool", pool)));
    }

    private static DiskUpdates updates(OnFakeLxd cloud) {
        return cloud.provider.diskUpdates().orElseThrow();
    }

    private static String size(OnFakeLxd cloud, DiskCid disk) {
        return cloud.operator()
                .volumes(POOL)
                .find(disk.value())
                .orElseThrow()
                .config()
                .getOrDefault("size", "");
    }

    private static void assertNotSupported(ThrowingCallable call, String reason) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CpiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.NOT_SUPPORTED))
                .hasMessageContaining(reason);
    }

    private record CustomDriver(Set<StorageCapability> capabilities) implements StorageDriver {
        @Override
        public String name() {
            return POOL;
        }

        @Override
        public Options options() {
            return Options.none();
        }
    }
}
