package io.boshcpi.lxd.provider.gc;

import io.boshcpi.lxd.client.model.Image;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.model.Network;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.model.VolumeSnapshot;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.vm.VmRemoval;
import io.boshcpi.spi.Maintenance.Leftover;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/** An object with this CPI's marks that seems to have no owner. */
sealed interface Orphan {
    /** What an operator gets to see of it. */
    Leftover describe();

    /** Removes it; succeeds if it is absent. */
    void remove(LxdSession lxd);

    /** A VM whose Director never confirmed it after {@code create_vm}. */
    record UnconfirmedVm(Instance instance) implements Orphan {
        @Override
        public Leftover describe() {
            Identity identity = new Identity(Marks.KIND_VM, instance.name());
            return identity.leftover("its creation was never confirmed by a Director", instance.config(), false);
        }

        @Override
        public void remove(LxdSession lxd) {
            VmRemoval.remove(lxd, instance);
        }
    }

    /**
     * An ephemeral disk whose VM is gone, a persistent disk that no Director confirmed after {@code create_disk}, or the
     * copy of one that is still there.
     *
     * @param precious whether it may hold data that is nowhere else
     */
    record LostVolume(String pool, Volume volume, String reason, boolean precious) implements Orphan {
        @Override
        public Leftover describe() {
            String kind = volume.config().getOrDefault(Marks.KIND, "");
            return new Identity(kind, pool + "/" + volume.name()).leftover(reason, volume.config(), precious);
        }

        @Override
        public void remove(LxdSession lxd) {
            lxd.volumes(pool).delete(volume.name());
        }
    }

    /** A snapshot that was never described, as a Director's are. */
    record UndescribedSnapshot(String pool, VolumeSnapshot snapshot, Optional<String> director) implements Orphan {
        @Override
        public Leftover describe() {
            String name = pool + "/" + snapshot.volume() + "/" + snapshot.name();
            String reason = "it has no description, so its snapshot_disk may have been cut off";
            return new Leftover("snapshot", name, reason, Optional.empty(), director, true);
        }

        @Override
        public void remove(LxdSession lxd) {
            lxd.volumes(pool).snapshots(snapshot.volume()).delete(snapshot.name());
        }
    }

    /** A network whose creation was cut off. */
    record UnconfirmedNetwork(Network network) implements Orphan {
        @Override
        public Leftover describe() {
            Identity identity = new Identity(Marks.KIND_NETWORK, network.name());
            return identity.leftover("its create_network was cut off", network.config(), false);
        }

        @Override
        public void remove(LxdSession lxd) {
            lxd.networks().delete(network.name());
        }
    }

    /** A stemcell's image that no Director uses. */
    record UnusedImage(Image image) implements Orphan {
        @Override
        public Leftover describe() {
            Identity identity = new Identity(Marks.KIND_STEMCELL, image.fingerprint());
            return identity.leftover("no Director's mark is left on the image", image.properties(), false);
        }

        @Override
        public void remove(LxdSession lxd) {
            lxd.images().delete(image.fingerprint());
        }
    }

    /**
     * How an operator names it.
     *
     * @param kind the mark's value
     * @param name unique for the kind
     */
    record Identity(String kind, String name) {
        static Identity of(Leftover leftover) {
            return new Identity(leftover.kind(), leftover.name());
        }

        private Leftover leftover(String reason, Map<String, String> marks, boolean precious) {
            return new Leftover(
                    kind, name, reason, createdAt(marks), Optional.ofNullable(marks.get(Marks.DIRECTOR)), precious);
        }

        private static Optional<Instant> createdAt(Map<String, String> marks) {
            try {
                return Optional.of(Instant.parse(marks.getOrDefault(Marks.CREATED_AT, "")));
            } catch (DateTimeParseException e) {
                return Optional.empty(); // The mark is missing or was edited; the age is then unknown.
            }
        }
    }
}
