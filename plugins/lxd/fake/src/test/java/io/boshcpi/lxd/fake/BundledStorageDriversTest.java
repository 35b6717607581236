package io.boshcpi.lxd.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.LxdClient;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.session.NewVolume;
import io.boshcpi.lxd.client.session.Volumes;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.lxd.spi.VolumeRequest.Content;
import io.boshcpi.lxd.storage.btrfs.BtrfsStorageDriver;
import io.boshcpi.lxd.storage.ceph.CephStorageDriver;
import io.boshcpi.lxd.storage.dir.DirStorageDriver;
import io.boshcpi.lxd.storage.lvm.LvmStorageDriver;
import io.boshcpi.lxd.storage.zfs.ZfsStorageDriver;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.PropertyTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the bundled storage drivers ask for is what the servers document for their pools. */
@Tag("fake")
class BundledStorageDriversTest {
    private static final String POOL = "under-test";

    private static final Map<String, Object> EXAMPLES = Map.of(
            "block.filesystem", "ext4",
            "block.mount_options", "discard",
            "lvm.stripes.size", "64KiB",
            "snapshots.expiry", "7d",
            "snapshots.pattern", "snap%d",
            "snapshots.schedule", "@daily",
            "zfs.blocksize", "16KiB");

    /** The options that are documented and that a server does not take, at least in a thin pool. */
    private static final Map<String, Set<String>> MISSING = Map.of(
            "zfs on LXD",
            Set.of("block.filesystem", "block.mount_options", "zfs.block_mode", "zfs.delegate"),
            "lvm on LXD",
            Set.of("lvm.stripes", "lvm.stripes.size"),
            "lvm on INCUS",
            Set.of("lvm.stripes", "lvm.stripes.size"));

    @TempDir
    private Path folder = Path.of("");

    static Stream<Arguments> driversAndServers() {
        return Stream.of(
                        new DirStorageDriver(),
                        new BtrfsStorageDriver(),
                        new ZfsStorageDriver(),
                        new LvmStorageDriver(),
                        new CephStorageDriver())
                .flatMap(driver -> Stream.of(Dialect.values()).map(dialect -> Arguments.of(driver, dialect)));
    }

    @ParameterizedTest
    @MethodSource("driversAndServers")
    void theServerTakesAVolumeWithAllOptionsThatItHas(StorageDriver driver, Dialect dialect) throws IOException {
        onServer(driver, dialect, volumes -> {
            Map<String, Object> examples = examples(driver);
            examples.keySet().removeAll(MISSING.getOrDefault(driver.name() + " on " + dialect, Set.of()));

            volumes.create(NewVolume.filesystem("disk1", driver.volumeConfig(request(64, examples))));

            assertThat(volumes.find("disk1").map(Volume::config).orElseThrow())
                    .containsEntry("size", "64MiB")
                    .containsKeys(examples.keySet().toArray(new String[0]));
        });
    }

    @ParameterizedTest
    @MethodSource("driversAndServers")
    void theServerRefusesAnOptionThatItLacks(StorageDriver driver, Dialect dialect) throws IOException {
        onServer(driver, dialect, volumes -> {
            for (String option : MISSING.getOrDefault(driver.name() + " on " + dialect, Set.of())) {
                String value = String.valueOf(examples(driver).get(option));
                assertThatThrownBy(() ->
                                volumes.create(NewVolume.filesystem("disk1", Map.of("size", "64MiB", option, value))))
                        .isInstanceOf(LxdException.class)
                        .hasMessageContaining(option);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("driversAndServers")
    void aVolumeGrowsAndIsSnapshotAndDeleted(StorageDriver driver, Dialect dialect) throws IOException {
        onServer(driver, dialect, volumes -> {
            volumes.create(NewVolume.filesystem("disk1", driver.volumeConfig(request(64, Map.of()))));

            volumes.patchConfig(
                    "disk1",
                    Map.of("size", driver.volumeConfig(request(128, Map.of())).getOrDefault("size", "")));
            volumes.snapshots("disk1").create("before");

            assertThat(volumes.find("disk1").map(Volume::config).orElseThrow()).containsEntry("size", "128MiB");
            assertThat(volumes.snapshots("disk1").delete("before")).isTrue();
            assertThat(volumes.delete("disk1")).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("driversAndServers")
    void theServerRefusesAnOptionOfAnotherDriver(StorageDriver driver, Dialect dialect) throws IOException {
        onServer(
                driver,
                dialect,
                volumes -> assertThatThrownBy(() -> volumes.create(
                                NewVolume.filesystem("disk1", Map.of("size", "64MiB", "other.option", "1"))))
                        .isInstanceOf(LxdException.class)
                        .hasMessageContaining("other.option"));
    }

    private interface OnVolumes {
        void run(Volumes volumes);
    }

    private void onServer(StorageDriver driver, Dialect dialect, OnVolumes test) throws IOException {
        FakeLxd lxd = FakeLxd.builder(dialect).pool(POOL, driver.name()).build();
        Path socket = folder.resolve("socket");
        try (FakeLxdServer server = FakeLxdServer.onUnixSocket(lxd, socket);
                LxdClient client = LxdClient.of(Endpoint.unix(socket.toString()))) {
            assertThat(server).isNotNull();
            test.run(client.session("default", Duration.ofSeconds(30)).volumes(POOL));
        }
    }

    /** A value for each option; those that are not listed are flags or numbers. */
    private static Map<String, Object> examples(StorageDriver driver) {
        Map<String, Object> examples = new TreeMap<>();
        for (Option option : driver.options().asList()) {
            Object value = option.kind() == Option.Kind.BOOLEAN ? (Object) true : 2;
            examples.put(option.name(), EXAMPLES.getOrDefault(option.name(), value));
        }
        return examples;
    }

    private static VolumeRequest request(long sizeMib, Map<String, Object> options) {
        return new VolumeRequest(sizeMib, Content.FILESYSTEM, PropertyTree.of("cloud_properties", options));
    }
}
