package io.boshcpi.lxd.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.LxdClient;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.session.NewVolume;
import io.boshcpi.lxd.client.session.Volumes;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.lxd.spi.VolumeRequest.Content;
import io.boshcpi.spi.PropertyTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every storage driver keeps. Extend it, return the driver and a value for each of its options, and run it:
 *
 * <pre>{@code
 * final class NfsStorageDriverTest extends StorageDriverContract {
 *     protected StorageDriver driver() { return new NfsStorageDriver(); }
 *     protected Map<String, Object> options() { return Map.of("nfs.version", 4); }
 * }
 * }</pre>
 *
 * <p>It runs on {@link FakeLxd}, which takes the options that the servers document for the drivers that they have, and those
 * of the driver itself for any other.
 */
@API(status = API.Status.STABLE, since = "1.0")
public abstract class StorageDriverContract {
    private static final String POOL = "under-test";

    @TempDir
    private Path folder = Path.of("");

    /** The driver. */
    protected abstract StorageDriver driver();

    /** A value for each of the driver's options, as an operator would write it. */
    protected abstract Map<String, Object> options();

    @Test
    void theNameIsThatOfAPoolsDriver() {
        assertThat(driver().name()).matches("[a-z][a-z0-9]*");
    }

    @Test
    void thereIsAnExampleOfEachOption() {
        assertThat(options().keySet()).isEqualTo(driver().options().names());
    }

    @Test
    void theSizeIsTheOneThatWasAskedFor() {
        assertThat(driver().volumeConfig(request(1234, Map.of()))).containsEntry("size", "1234MiB");
    }

    @Test
    void nothingIsSetThatNobodyAskedFor() {
        assertThat(driver().volumeConfig(request(64, Map.of())).keySet())
                .allMatch(
                        key -> key.equals("size") || driver().options().names().contains(key));
    }

    @Test
    void marksAreLeftToTheProvider() {
        assertThat(driver().options().names()).noneMatch(option -> option.startsWith("user.") || option.equals("size"));
    }

    @Test
    void optionsReachTheVolumeAsStrings() {
        Map<String, String> config = driver().volumeConfig(request(64, options()));

        options().forEach((key, value) -> assertThat(config).containsEntry(key, String.valueOf(value)));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theServerTakesAVolumeWithAllOptions(Dialect dialect) throws IOException {
        onServer(dialect, volumes -> {
            volumes.create(NewVolume.filesystem("disk1", driver().volumeConfig(request(64, options()))));

            assertThat(volumes.find("disk1").map(Volume::config).orElseThrow()).containsEntry("size", "64MiB");
        });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aVolumeGrowsAndIsSnapshotAndDeleted(Dialect dialect) throws IOException {
        onServer(dialect, volumes -> {
            volumes.create(NewVolume.filesystem("disk1", driver().volumeConfig(request(64, Map.of()))));

            volumes.patchConfig(
                    "disk1",
                    Map.of("size", driver().volumeConfig(request(128, Map.of())).getOrDefault("size", "")));
            volumes.snapshots("disk1").create("before", "");

            assertThat(volumes.find("disk1").map(Volume::config).orElseThrow()).containsEntry("size", "128MiB");
            assertThat(volumes.snapshots("disk1").delete("before")).isTrue();
            assertThat(volumes.delete("disk1")).isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void anOptionOfAnotherDriverWouldBeRefusedByTheServer(Dialect dialect) throws IOException {
        onServer(
                dialect,
                volumes -> assertThatThrownBy(() -> volumes.create(
                                NewVolume.filesystem("disk1", Map.of("size", "64MiB", "other.option", "1"))))
                        .isInstanceOf(LxdException.class)
                        .hasMessageContaining("other.option"));
    }

    private interface OnVolumes {
        void run(Volumes volumes);
    }

    private void onServer(Dialect dialect, OnVolumes test) throws IOException {
        FakeLxd lxd = FakeLxd.builder(dialect).pool(POOL, driver()).build();
        Path socket = folder.resolve("socket");
        try (FakeLxdServer server = FakeLxdServer.onUnixSocket(lxd, socket);
                LxdClient client = LxdClient.of(Endpoint.unix(socket.toString()))) {
            assertThat(server).isNotNull();
            test.run(client.session("default", Duration.ofSeconds(30)).volumes(POOL));
        }
    }

    private static VolumeRequest request(long sizeMib, Map<String, Object> options) {
        return new VolumeRequest(sizeMib, Content.FILESYSTEM, PropertyTree.of("cloud_properties", options));
    }
}
