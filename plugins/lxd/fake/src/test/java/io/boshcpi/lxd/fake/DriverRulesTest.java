package io.boshcpi.lxd.fake;

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
    private static void check(String driver, String key, Dialect dialect) {
        DriverRules.check(new Model.Pool("p", driver, 1 << 30, Set.of()), "v", Map.of(key, "1"), dialect);
    }

    @ParameterizedTest
    @CsvSource({
        "zfs, zfs.blocksize",
        "zfs, zfs.reserve_space",
        "lvm, block.filesystem",
        "ceph, block.mount_options",
        "btrfs, security.shifted",
        "dir, user.anything"
    })
    void aDriverTakesItsOwnOptions(String driver, String key) {
        assertThatCode(() -> check(driver, key, Dialect.LXD)).doesNotThrowAnyException();
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
        assertThatThrownBy(() -> check(driver, key, Dialect.LXD))
                .hasMessage("Invalid option for volume \"v\" option \"" + key + "\"");
    }

    @Test
    void onlyIncusKnowsTheOwnerOfAVolume() {
        assertThatCode(() -> check("dir", "initial.uid", Dialect.INCUS)).doesNotThrowAnyException();
    }
}
