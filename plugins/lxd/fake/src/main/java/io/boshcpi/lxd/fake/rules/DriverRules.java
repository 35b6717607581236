package io.boshcpi.lxd.fake.rules;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.Sizes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the storage drivers do differently. Recorded for dir and btrfs; for zfs, lvm and ceph from the servers'
 * documentation, since those were never seen running.
 */
public final class DriverRules {
    private static final Set<String> COMMON = Set.of(
            "size",
            "security.shifted",
            "security.unmapped",
            "snapshots.expiry",
            "snapshots.pattern",
            "snapshots.schedule");
    private static final Set<String> OWNER = Set.of("initial.uid", "initial.gid", "initial.mode");
    private static final Set<String> BLOCK = Set.of("block.filesystem", "block.mount_options");
    private static final Map<String, Set<String>> OWN = Map.of(
            "dir", Set.of(),
            "btrfs", Set.of(),
            "zfs",
                    Set.of(
                            "zfs.blocksize",
                            "zfs.remove_snapshots",
                            "zfs.use_refquota",
                            "zfs.reserve_space",
                            "zfs.block_mode",
                            "zfs.delegate"),
            "lvm", Set.of("lvm.stripes", "lvm.stripes.size"),
            "ceph", Set.of());

    private final String driver;

    private final Set<String> moreOptions;

    private DriverRules(String driver, Set<String> moreOptions) {
        this.driver = driver;
        this.moreOptions = moreOptions;
    }

    public static boolean knows(String driver) {
        return OWN.containsKey(driver);
    }

    public static DriverRules of(Model.Pool pool) {
        return new DriverRules(pool.driver, pool.moreOptions);
    }

    private boolean blockBacked() {
        return driver.equals("lvm") || driver.equals("ceph");
    }

    /** A thick logical volume takes its space when it is made, all others when they are written to. */
    public boolean allocatesAtOnce() {
        return driver.equals("lvm");
    }

    public boolean reportsUsage() {
        return !driver.equals("dir");
    }

    /** Refuses options that volumes of this driver do not have. */
    public void check(String volume, Map<String, String> config, Dialect dialect) {
        config.forEach((key, value) -> {
            if (!isOption(key, dialect)) {
                throw ApiError.internal("Invalid option for volume \"" + volume + "\" option \"" + key + "\"");
            }
            if (key.equals("size") && !value.isEmpty()) {
                checkSize(volume, value);
            }
        });
    }

    private static void checkSize(String volume, String value) {
        try {
            Sizes.parse(value);
        } catch (ApiError e) {
            throw e.prefixed("Invalid value for volume \"" + volume + "\" option \"size\": ");
        }
    }

    private boolean isOption(String key, Dialect dialect) {
        return COMMON.contains(key)
                || moreOptions.contains(key)
                || key.startsWith("user.")
                || key.startsWith("volatile.")
                || OWN.getOrDefault(driver, Set.of()).contains(key)
                || (OWNER.contains(key) && dialect.knowsVolumeOwner())
                || (BLOCK.contains(key) && (blockBacked() || driver.equals("zfs")));
    }

    /** What the driver fills in: a logical volume needs a size and a file system. */
    public Map<String, String> withDefaults(Map<String, String> config, boolean filesystem) {
        Map<String, String> filled = new TreeMap<>(config);
        if (blockBacked() || !filesystem) {
            filled.putIfAbsent("size", "10GiB");
        }
        if (blockBacked() && filesystem) {
            filled.putIfAbsent("block.filesystem", "ext4");
            filled.putIfAbsent("block.mount_options", "discard");
        }
        return filled;
    }

    /** Refuses a size that the volume cannot take: what holds a file system of its own does not shrink in use. */
    public void checkResize(Model.Volume volume, String size, boolean inUse) {
        String old = volume.config.get("size");
        if (old == null || size.isEmpty() || Sizes.parse(size) >= Sizes.parse(old)) {
            return;
        }
        if (volume.contentType.equals("block") || (blockBacked() && !ext4(volume))) {
            throw ApiError.internal("Cannot be shrunk");
        }
        if (blockBacked() && inUse) {
            throw ApiError.internal("In use");
        }
    }

    private static boolean ext4(Model.Volume volume) {
        return "ext4".equals(volume.config.get("block.filesystem"));
    }
}
