package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.model.Image;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Maintenance;
import io.boshcpi.spi.VmCid;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds and removes what calls that were cut off have left, by the marks that every object carries. */
final class LxdMaintenance implements Maintenance {
    private final LxdCloud cloud;

    LxdMaintenance(LxdCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public List<Finding> diagnose(Call call) {
        return Diagnosis.of(cloud, call);
    }

    @Override
    public List<Leftover> leftovers(Call call) {
        try {
            LxdSession lxd = cloud.session(call);
            List<Leftover> leftovers = new ArrayList<>();
            Set<String> vms = new HashSet<>();
            for (Instance instance : lxd.instances().list()) {
                vms.add(instance.name());
                halfMadeVm(instance).ifPresent(leftovers::add);
            }
            for (String pool : pools(lxd)) {
                for (Volume volume : lxd.volumes(pool).list()) {
                    ownerlessVolume(pool, volume, vms).ifPresent(leftovers::add);
                }
            }
            for (Image image : lxd.images().list()) {
                unusedImage(image).ifPresent(leftovers::add);
            }
            leftovers.sort(Comparator.comparing(leftover -> leftover.madeAt().orElse(Instant.EPOCH)));
            return leftovers;
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    /** Incus shows a restricted certificate no list of pools, and then all disks are in the configured one. */
    private List<String> pools(LxdSession lxd) {
        try {
            return lxd.pools().names();
        } catch (LxdException e) {
            if (e.is(LxdException.Kind.FORBIDDEN)) {
                return List.of(cloud.config().storagePoolName());
            }
            throw e;
        }
    }

    @Override
    public void remove(Call call, Leftover leftover) {
        boolean stillThere = leftovers(call).stream()
                .anyMatch(
                        now -> now.kind().equals(leftover.kind()) && now.name().equals(leftover.name()));
        if (!stillThere) {
            return;
        }
        try {
            LxdSession lxd = cloud.session(call);
            int slash = leftover.name().indexOf('/');
            switch (leftover.kind()) {
                case Tags.KIND_VM -> new LxdVms(cloud).delete(call, new VmCid(leftover.name()));
                case Tags.KIND_EPHEMERAL_DISK, Tags.KIND_PERSISTENT_DISK ->
                    lxd.volumes(leftover.name().substring(0, slash))
                            .delete(leftover.name().substring(slash + 1));
                case Tags.KIND_STEMCELL -> lxd.images().delete(leftover.name());
                default -> throw CpiException.badRequest("There are no leftovers of the kind " + leftover.kind());
            }
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    /** A VM whose Director never said anything of it after {@code create_vm}. */
    private static Optional<Leftover> halfMadeVm(Instance instance) {
        Map<String, String> marks = instance.config();
        if (!Tags.KIND_VM.equals(marks.get(Tags.KIND)) || !Tags.STATE_CREATING.equals(marks.get(Tags.STATE))) {
            return Optional.empty();
        }
        return Optional.of(leftover(
                Tags.KIND_VM, instance.name(), marks, "its creation was never confirmed by a Director", false));
    }

    private static Optional<Leftover> ownerlessVolume(String pool, Volume volume, Set<String> vms) {
        Map<String, String> marks = volume.config();
        String name = pool + "/" + volume.name();
        boolean isSnapshot = volume.name().contains("/"); // They are listed among the volumes, with their marks.
        if (isSnapshot || !volume.usedBy().isEmpty()) {
            return Optional.empty();
        }
        if (Tags.KIND_EPHEMERAL_DISK.equals(marks.get(Tags.KIND)) && !vms.contains(marks.getOrDefault(Tags.VM, ""))) {
            return Optional.of(leftover(
                    Tags.KIND_EPHEMERAL_DISK, name, marks, "its VM " + marks.get(Tags.VM) + " is gone", false));
        }
        if (Tags.KIND_PERSISTENT_DISK.equals(marks.get(Tags.KIND))
                && Tags.STATE_CREATING.equals(marks.get(Tags.STATE))) {
            return Optional.of(leftover(
                    Tags.KIND_PERSISTENT_DISK, name, marks, "it was never attached and confirmed by a Director", true));
        }
        return Optional.empty();
    }

    private static Optional<Leftover> unusedImage(Image image) {
        Map<String, String> marks = image.properties();
        if (!Tags.KIND_STEMCELL.equals(marks.get(Tags.KIND)) || LxdStemcells.hasUser(marks)) {
            return Optional.empty();
        }
        return Optional.of(leftover(
                Tags.KIND_STEMCELL, image.fingerprint(), marks, "no Director's mark is left on the image", false));
    }

    private static Leftover leftover(
            String kind, String name, Map<String, String> marks, String reason, boolean precious) {
        return new Leftover(
                kind,
                name,
                reason,
                instant(marks.get(Tags.CREATED_AT)),
                Optional.ofNullable(marks.get(Tags.DIRECTOR)),
                precious);
    }

    private static Optional<Instant> instant(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty(); // Somebody changed the mark; its age is then unknown.
        }
    }
}
