package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.NewVolume;
import io.boshcpi.lxd.client.session.TransferProgress;
import io.boshcpi.lxd.client.session.VolumeSource;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.server.Undo;
import io.boshcpi.spi.DiskCid;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a disk to another member of the cluster, for {@code attach_disk}. The Director goes on with the CID that it has, so
 * the copy takes the original's name once that is gone. Until then it has another: the servers refuse every request about a
 * name that volumes of two members have.
 */
final class MemberMove extends DiskMove implements TransferProgress {
    private static final Logger LOG = LoggerFactory.getLogger(MemberMove.class);

    private final String from;
    private final String to;

    /**
     * @param disk as the Director knows it
     * @param original its volume
     * @param from the member that has it
     * @param to the member that it goes to
     */
    MemberMove(
            LxdSession lxd,
            Undo undo,
            DiskLocator locator,
            DiskCid disk,
            LocatedDisk original,
            String from,
            String to) {
        super(lxd, undo, locator, disk, original);
        this.from = from;
        this.to = to;
    }

    /**
     * Moves the disk, and returns it as it is then.
     *
     * @param now the time, for the marks
     */
    LocatedDisk run(String now) {
        String name = original.volume().name();
        LOG.info("Copying the disk {} ({} MiB) from the cluster member {} to {}", name, original.sizeMib(), from, to);
        DiskCid copy = move(original.pool(), configOfCopy(now), to);
        LocatedDisk moved = locator.takeName(original.pool(), copy.value(), name);
        LOG.info("The disk {} is on the cluster member {} now", name, to);
        return moved;
    }

    @Override
    String destination() {
        return "the cluster member " + to;
    }

    @Override
    void copyTo(NewVolume volume) {
        VolumeSource source =
                VolumeSource.volume(original.pool(), original.volume().name());
        try {
            lxd.volumeTransfer().copy(source, from, volume, this);
        } catch (LxdException e) {
            String reason = e.is(Kind.TIMED_OUT)
                    ? ", since the copy takes longer than a call may (call_timeout); lxd.disks_follow_max_mib keeps such disks"
                            + " where they are"
                    : "";
            throw e.explained("; the disk " + source.name() + " stays on the cluster member " + from
                    + ", from which it was to be brought to " + to + reason);
        }
    }

    @Override
    public void underWay(String progress) {
        LOG.info(
                "Copying the disk {} from the cluster member {} to {}: {}",
                original.volume().name(),
                from,
                to,
                progress.isEmpty() ? "under way" : progress);
    }

    /** Everything that the original has; what the server keeps there for itself is not copied, but for the id map. */
    private Map<String, String> configOfCopy(String now) {
        Map<String, String> copied = new TreeMap<>();
        for (Map.Entry<String, String> entry : original.volume().config().entrySet()) {
            if (!entry.getKey().startsWith("volatile.") || entry.getKey().startsWith(ID_MAP)) {
                copied.put(entry.getKey(), entry.getValue());
            }
        }
        copied.put(Marks.REPLACES, original.volume().name());
        copied.put(Marks.CREATED_AT, now);
        return copied;
    }
}
