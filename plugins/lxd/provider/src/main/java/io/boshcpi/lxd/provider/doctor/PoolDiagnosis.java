package io.boshcpi.lxd.provider.doctor;

import io.boshcpi.lxd.client.model.PoolResources;
import io.boshcpi.lxd.client.model.StoragePool;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.spi.StorageCapability;
import java.util.Optional;

/** Checks the configured storage pool: its driver, and how full it is. */
final class PoolDiagnosis {
    /** A file system's own overhead counts as free: a small btrfs is full long before all of it is used. */
    private static final double NEARLY_FULL = 0.8;

    private final LxdCloud cloud;
    private final LxdSession lxd;
    private final Findings findings;

    PoolDiagnosis(LxdCloud cloud, LxdSession lxd, Findings findings) {
        this.cloud = cloud;
        this.lxd = lxd;
        this.findings = findings;
    }

    void pool() {
        String name = cloud.config().storagePoolName();
        String subject = "storage pool " + name;
        Optional<StoragePool> pool = lxd.pools().find(name);
        if (pool.isEmpty()) {
            findings.error(
                    subject, "is not on the server", findings.command("storage create " + name + " btrfs size=100GiB"));
            return;
        }
        String driver = pool.get().driver();
        if (cloud.contributors().storage(name, driver).capabilities().contains(StorageCapability.ENFORCES_SIZE)) {
            findings.ok(subject, driver + ", sizes are enforced");
        } else {
            findings.warning(
                    subject,
                    driver + ", sizes are not enforced: a disk can fill the whole pool",
                    "use a pool with btrfs, zfs, lvm or ceph for disks whose size matters: "
                            + findings.command("storage create bosh btrfs size=100GiB")
                            + ", and set lxd.storage_pool to bosh");
        }
        space(subject, pool.get());
    }

    private void space(String subject, StoragePool pool) {
        PoolResources resources = lxd.pools().resources(pool.name());
        long totalMib = resources.totalBytes() >> 20;
        long usedMib = resources.usedBytes() >> 20;
        String seen = usedMib + " of " + totalMib + " MiB used";
        if (usedMib > totalMib * NEARLY_FULL) {
            findings.warning("space in " + subject, seen, moreSpace(pool));
        } else if (resources.usedInodes() > resources.totalInodes() * NEARLY_FULL) {
            findings.warning("space in " + subject, seen + ", and nearly all inodes", moreSpace(pool));
        } else {
            findings.ok("space in " + subject, seen);
        }
    }

    /** The disk or file under a pool has to grow first; most servers can grow a file, LXD 5.0 cannot. */
    private String moreSpace(StoragePool pool) {
        String tidy = "`bosh clean-up --all`, `bin/cpi gc`";
        boolean inFile = pool.config().getOrDefault("source", "").endsWith(".img");
        return inFile && lxd.server().hasExtension("storage_pool_loop_resize")
                ? tidy + ", or " + findings.command("storage set " + pool.name() + " size=") + "a larger size"
                : tidy + ", or make it larger: docs/operator.md, \"A disk is full\"";
    }
}
