package io.boshcpi.lxd.spi;

import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import org.apiguardian.api.API;

/** Options of volumes that several storage drivers share, as LXD and Incus document them. */
@API(status = API.Status.STABLE, since = "1.0")
public final class VolumeOptions {
    private static final Options COMMON = Options.of(
            Option.bool(
                    "security.shifted",
                    "whether ids are shifted, so that containers with different id maps can have the volume"),
            Option.bool("security.unmapped", "whether ids are left as they are on the host"),
            Option.string("snapshots.expiry", "when the server's own snapshots go, such as `7d`"),
            Option.string("snapshots.pattern", "name of the server's own snapshots, as a template"),
            Option.string(
                    "snapshots.schedule", "when the server makes snapshots of its own: `@daily` or a cron expression"));

    private static final Options FILE_SYSTEM = Options.of(
            Option.string("block.filesystem", "file system of the volume").withAllowed("ext4", "xfs", "btrfs"),
            Option.string("block.mount_options", "options that this file system is mounted with"));

    private VolumeOptions() {}

    /** The options that every driver of LXD and Incus has. */
    public static Options common() {
        return COMMON;
    }

    /** The options of drivers whose volumes are block devices with a file system. */
    public static Options fileSystem() {
        return FILE_SYSTEM;
    }
}
