package io.boshcpi.lxd.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.rules.DriverRules;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverRulesTest {
    private static DriverRules of(String driver) {
        return DriverRules.of(new Model.Pool("p", driver, 1 << 30, Set.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "zfs, zfs.blocksize",
        "zfs, zfs.reserve_space",
        "lvm, lvm.stripes",
        "lvm, block.filesystem",
        "ceph, block.mount_options",
        "btrfs, security.shifted",
        "dir, user.anything"
    })
    void aDriverTakesItsOwnOptions(String driver, String key) {
        assertThatCode(() -> of(driver).check("v", Map.of(key, "1"), Dialect.LXD))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "dir, zfs.blocksize",
        "btrfs, block.filesystem",
        "btrfs, btrfs.mount_options",
        "lvm, zfs.use_refquota",
        "ceph, lvm.stripes",
        "dir, volume.size",
        "dir, initial.uid"
    })
    void aDriverRefusesTheOptionsOfOthers(String driver, String key) {
        assertThatThrownBy(() -> of(driver).check("v", Map.of(key, "1"), Dialect.LXD))
                .hasMessage("Invalid option for volume \"v\" option \"" + key + "\"");
    }

    @Test
    void onlyIncusKnowsTheOwnerOfAVolume() {
        assertThatCode(() -> of("dir").check("v", Map.of("initial.uid", "1"), Dialect.INCUS))
                .doesNotThrowAnyException();
    }

    @Test
    void aLogicalVolumeGetsASizeAndAFileSystem() {
        assertThat(of("lvm").withDefaults(Map.of(), true))
                .containsEntry("size", "10GiB")
                .containsEntry("block.filesystem", "ext4");
        assertThat(of("btrfs").withDefaults(Map.of(), true)).isEmpty();
    }

    @Test
    void whatHasAFileSystemOfItsOwnDoesNotShrinkInUse() {
        Model.Volume volume = new Model.Volume(
                "v", "default", "filesystem", "", Map.of("size", "2GiB", "block.filesystem", "ext4"), "");

        assertThatThrownBy(() -> of("lvm").checkResize(volume, "1GiB", true)).hasMessage("In use");
        assertThatCode(() -> of("lvm").checkResize(volume, "1GiB", false)).doesNotThrowAnyException();
        assertThatCode(() -> of("btrfs").checkResize(volume, "1GiB", true)).doesNotThrowAnyException();
        assertThatCode(() -> of("lvm").checkResize(volume, "3GiB", true)).doesNotThrowAnyException();
    }
}
