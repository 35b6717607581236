package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.NewVolume;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.server.Undo;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.ErrorType;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a detached disk: copies it under a new CID, then deletes the original. Where it goes, and under which name it stays,
 * is for {@link PoolMove} and {@link MemberMove} to say.
 *
 * <p>While the original exists, it is the authority, and a repeated move copies it again. Once it is gone, the complete
 * copy is the disk, under the old CID too ({@link DiskLocator#find}).
 *
 * <p>The original names the copies that were begun ({@link Marks#MOVING_TO}). A call that attaches the original removes that
 * mark, and a move that no longer finds its own copy there gives up: the copy may lack what was written meanwhile.
 */
abstract class DiskMove {
    private static final Logger LOG = LoggerFactory.getLogger(DiskMove.class);

    /** How the owners of the files on a volume are mapped, or will be at the next attachment. */
    static final String ID_MAP = "volatile.idmap.";

    final LxdSession lxd;
    final DiskLocator locator;
    final LocatedDisk original;
    private final Undo undo;
    private final DiskCid disk;

    /**
     * @param locator finds the copies of earlier attempts
     * @param disk as the Director knows it
     * @param original its volume
     */
    DiskMove(LxdSession lxd, Undo undo, DiskLocator locator, DiskCid disk, LocatedDisk original) {
        this.lxd = lxd;
        this.undo = undo;
        this.locator = locator;
        this.disk = disk;
        this.original = original;
    }

    /** Where it goes, for messages: {@code "the pool dir"}. */
    abstract String destination();

    /** Fills the new volume, whose marks say that it is not complete. */
    abstract void copyTo(NewVolume volume);

    /** Moves the disk, which was not attached when it was found, to a pool, and returns the copy's CID. */
    final DiskCid move(String pool, Map<String, String> configOfCopy, @Nullable String member) {
        DiskCid copy = DiskName.create(pool, new SecureRandom());
        List<LocatedDisk> earlier = deleteIncomplete();
        begin(copy, earlier);
        checkUnchanged(copy);
        undo.register(new CopyRemoval(pool, copy.value()));
        Map<String, String> config = new TreeMap<>(configOfCopy);
        String stateOfComplete = config.getOrDefault(Marks.STATE, Marks.STATE_READY);
        config.put(Marks.STATE, Marks.STATE_COPYING);
        config.remove(Marks.MOVING_TO);
        copyTo(new NewVolume(
                copy.value(), original.volume().contentType(), original.volume().description(), config, member));
        lxd.volumes(pool).patchConfig(copy.value(), Map.of(Marks.STATE, stateOfComplete));
        checkUnchanged(copy);
        deleteOriginal(copy);
        undo.keep();
        delete(lxd, earlier);
        return copy;
    }

    /** Ends a move that another call has begun, since the disk is about to be written to. */
    static void cancel(LxdSession lxd, LocatedDisk located) {
        Map<String, String> config = located.volume().config();
        if (config.containsKey(Marks.MOVING_TO) || config.containsKey(Marks.REPLACES)) {
            lxd.volumes(located.pool())
                    .patchConfig(located.volume().name(), Map.of(Marks.MOVING_TO, "", Marks.REPLACES, ""));
        }
    }

    /** Deletes the copies that moves which were cut off have left of a disk. */
    static void deleteCopies(LxdSession lxd, DiskLocator locator, Volume original) {
        delete(lxd, copiesOf(locator, original));
    }

    /** The copies that the original names, as far as they are there. */
    private static List<LocatedDisk> copiesOf(DiskLocator locator, Volume original) {
        List<LocatedDisk> copies = new ArrayList<>();
        for (String name : original.config().getOrDefault(Marks.MOVING_TO, "").split(" ", -1)) {
            Optional<LocatedDisk> copy = name.isEmpty() ? Optional.empty() : locator.findVolume(new DiskCid(name));
            if (copy.isPresent()) {
                copies.add(copy.get());
            }
        }
        return copies;
    }

    private static void delete(LxdSession lxd, List<LocatedDisk> copies) {
        for (LocatedDisk copy : copies) {
            lxd.volumes(copy.pool()).deleteWhenIdle(copy.volume().name());
        }
    }

    /**
     * Deletes the copies of earlier attempts that are not complete, and returns the others. A complete one may be about to
     * become the disk, if its move is still under way in another process.
     */
    private List<LocatedDisk> deleteIncomplete() {
        List<LocatedDisk> complete = new ArrayList<>();
        List<LocatedDisk> incomplete = new ArrayList<>();
        for (LocatedDisk copy : copiesOf(locator, original.volume())) {
            (Marks.areOfIncomplete(copy.volume().config()) ? incomplete : complete).add(copy);
        }
        delete(lxd, incomplete);
        return complete;
    }

    private void begin(DiskCid copy, List<LocatedDisk> earlier) {
        StringBuilder mark = new StringBuilder(copy.value());
        for (LocatedDisk other : earlier) {
            mark.append(' ').append(other.volume().name());
        }
        try {
            lxd.volumes(original.pool()).patchConfig(original.volume(), Map.of(Marks.MOVING_TO, mark.toString()));
        } catch (LxdException e) {
            if (!e.is(Kind.BUSY)) {
                throw e;
            }
            LOG.info("The disk {} has changed, or the answer was lost: {}", disk, e.getMessage());
        }
    }

    /** Of a move and an attachment, or of two moves, at least one sees the other here. */
    private void checkUnchanged(DiskCid copy) {
        Optional<Volume> now =
                lxd.volumes(original.pool()).find(original.volume().name());
        boolean ours = now.isPresent()
                && now.get().attachedTo().isEmpty()
                && now.get().config().getOrDefault(Marks.MOVING_TO, "").startsWith(copy.value());
        if (!ours) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    true,
                    "The disk " + disk + " was attached, moved or deleted by another call, so it is not moved to "
                            + destination(),
                    null);
        }
    }

    /** Once the server has begun to delete the original, the copy may be the only complete one and has to stay. */
    private void deleteOriginal(DiskCid copy) {
        String name = original.volume().name();
        try {
            lxd.volumes(original.pool()).delete(name);
        } catch (LxdException e) {
            switch (e.kind()) {
                case IN_USE, BUSY, FORBIDDEN -> {} // The original is untouched.
                default -> {
                    undo.keep();
                    LOG.error("The disk {} may be damaged or gone; {} is a copy of it.", name, copy);
                }
            }
            throw e;
        }
    }

    /** Undoes the beginning of a copy, once the server does not write to it any more. */
    private static final class CopyRemoval extends VolumeRemoval {
        CopyRemoval(String pool, String copy) {
            super(pool, copy);
        }

        @Override
        protected void undo(LxdSession lxd) {
            lxd.volumes(pool).deleteWhenIdle(volume);
        }
    }
}
