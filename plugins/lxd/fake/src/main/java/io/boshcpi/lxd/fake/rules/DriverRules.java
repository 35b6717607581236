package io.boshcpi.lxd.fake.rules;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.Sizes;
import java.util.Map;
import java.util.Set;

/**
 * Which options the volumes of each storage driver have. Recorded for dir and btrfs, seen in the guest of {@code
 * .ci/lab} for zfs and lvm, whose pools are thin; for ceph from the servers' documentation.
 */
public final class DriverRules {
    private static final Set<String> COMMON = options(
            "size security.shifted security.unmapped snapshots.expiry" + " snapshots.pattern snapshots.schedule");
    private static final Set<String> INCUS_ONLY =
            options("initial.uid initial.gid initial.mode zfs.block_mode zfs.delegate");
    private static final String BLOCK = "block.filesystem block.mount_options ";
    private static final Map<String, Set<String>> OWN = Map.of(
            "dir", Set.of(),
            "btrfs", Set.of(),
            "zfs",
                    options(BLOCK + "zfs.blocksize zfs.remove_snapshots zfs.use_refquota zfs.reserve_space"
                            + " zfs.block_mode zfs.delegate"),
            "lvm", options(BLOCK + "lvm.stripes lvm.stripes.size"),
            "ceph", options(BLOCK.strip()));

    private DriverRules() {}

    private static Set<String> options(String names) {
        return Set.of(names.split(" ", -1));
    }

    /** Refuses options that volumes in the pool do not have. */
    public static void check(Model.Pool pool, String volume, Map<String, String> config, Dialect dialect) {
        for (String key : config.keySet()) {
            boolean ofBlockDevices = pool.driver().equals("zfs") && key.startsWith("block.");
            if (!isOption(pool, key, dialect) || (ofBlockDevices && !"true".equals(config.get("zfs.block_mode")))) {
                throw ApiError.internal("Invalid option for volume \"" + volume + "\" option \"" + key + "\"");
            }
            if (key.startsWith("lvm.stripes")) {
                throw ApiError.internal(key + " cannot be used with thin pool volumes");
            }
        }
        String size = config.get("size");
        if (size != null) {
            ApiError.prefixed("Invalid value for volume \"" + volume + "\" option \"size\": ", () -> Sizes.parse(size));
        }
    }

    private static boolean isOption(Model.Pool pool, String key, Dialect dialect) {
        if (INCUS_ONLY.contains(key) && dialect != Dialect.INCUS) {
            return false;
        }
        return COMMON.contains(key)
                || key.startsWith("user.")
                || key.startsWith("volatile.")
                || key.startsWith("initial.")
                || OWN.getOrDefault(pool.driver(), pool.moreOptions()).contains(key);
    }
}
