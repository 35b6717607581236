package io.boshcpi.lxd.provider.doctor;

import io.boshcpi.lxd.client.model.ClusterMember;
import io.boshcpi.lxd.client.model.PoolResources;
import io.boshcpi.lxd.client.model.StoragePool;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.spi.StorageCapability;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the configured storage pool: its driver, and how full it is. */
final class PoolDiagnosis {
    /** A file system's own overhead counts as free: a small btrfs is full long before all of it is used. */
    private static final double NEARLY_FULL = 0.8;

    private final LxdCloud cloud;
    private final LxdSession lxd;
    private final List<ClusterMember> members;
    private final Findings findings;

    /**
     * @param members of the cluster; empty without one
     */
    PoolDiagnosis(LxdCloud cloud, LxdSession lxd, List<ClusterMember> members, Findings findings) {
        this.cloud = cloud;
        this.lxd = lxd;
        this.members = members;
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
        Set<StorageCapability> capabilities =
                cloud.contributors().storage(name, driver).capabilities();
        if (capabilities.contains(StorageCapability.ENFORCES_SIZE)) {
            findings.ok(subject, driver + ", sizes are enforced");
        } else {
            findings.warning(
                    subject,
                    driver + ", sizes are not enforced: a disk can fill the whole pool",
                    "use a pool with btrfs, zfs, lvm or ceph for disks whose size matters: "
                            + findings.command("storage create bosh btrfs size=100GiB")
                            + ", and set lxd.storage_pool to bosh");
        }
        if (members.isEmpty() || capabilities.contains(StorageCapability.REMOTE)) {
            space(subject, pool.get(), null);
            return;
        }
        for (ClusterMember member : members) {
            if (member.isOnline()) {
                space(subject + " on " + member.name(), pool.get(), member.name());
            }
        }
    }

    private void space(String subject, StoragePool pool, @Nullable String member) {
        PoolResources resources = lxd.pools().resources(pool.name(), member);
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
