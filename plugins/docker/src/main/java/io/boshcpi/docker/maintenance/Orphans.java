package io.boshcpi.docker.maintenance;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import io.boshcpi.docker.engine.Labels;
import io.boshcpi.docker.engine.Metadata;
import io.boshcpi.docker.engine.Volumes;
import io.boshcpi.docker.vm.DockerVms;
import io.boshcpi.spi.Maintenance.Leftover;
import io.boshcpi.spi.VmCid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What bears this CPI's labels and seems to be unused, found in one look at the engine.
 *
 * <p>A VM or a disk without metadata is one that no Director is known to have: BOSH sends metadata once it has the CID.
 * Stemcells and networks get none, so an unused one may well be a Director's, and is not listed.
 */
final class Orphans {
    private final DockerClient docker;
    private final Set<String> vms = new HashSet<>();
    private final Set<String> disks = new HashSet<>();
    private final Set<String> described = new HashSet<>();
    private final Map<Leftover, Runnable> removals = new LinkedHashMap<>();

    private Orphans(DockerClient docker) {
        this.docker = docker;
    }

    static Orphans of(DockerClient docker) {
        Orphans orphans = new Orphans(docker);
        orphans.search();
        return orphans;
    }

    /** Oldest first. */
    List<Leftover> list() {
        List<Leftover> list = new ArrayList<>(removals.keySet());
        list.sort(Comparator.comparing(leftover -> leftover.madeAt().orElse(Instant.EPOCH)));
        return list;
    }

    /** Removes a leftover; false if it is none any more. */
    boolean remove(Leftover leftover) {
        for (Map.Entry<Leftover, Runnable> known : removals.entrySet()) {
            if (known.getKey().kind().equals(leftover.kind())
                    && known.getKey().name().equals(leftover.name())) {
                known.getValue().run();
                return true;
            }
        }
        return false;
    }

    private void search() {
        List<InspectVolumeResponse> metadata = Metadata.all(docker);
        metadata.forEach(volume -> Labels.value(volume.getLabels(), Labels.OF).ifPresent(described::add));
        List<Container> containers = docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Labels.KIND, Labels.KIND_VM))
                .exec();
        containers.forEach(container -> considerVm(container.getLabels()));
        List<InspectVolumeResponse> persistent = Volumes.with(docker, Labels.KIND, Labels.KIND_PERSISTENT_DISK);
        persistent.forEach(this::considerDisk);
        Volumes.with(docker, Labels.KIND, Labels.KIND_EPHEMERAL_DISK).forEach(this::considerEphemeralDisk);
        metadata.forEach(this::considerMetadata);
        docker.listImagesCmd()
                .withLabelFilter(Map.of(Labels.KIND, Labels.KIND_VM))
                .exec()
                .forEach(this::considerImage);
    }

    private void considerVm(Map<String, String> labels) {
        String vm = Labels.value(labels, Labels.VM).orElse("");
        if (vms.add(vm) && !described.contains(vm)) {
            add(
                    "vm",
                    vm,
                    "its Director never sent metadata for it",
                    labels,
                    false,
                    () -> DockerVms.remove(docker, new VmCid(vm)));
        }
    }

    private void considerDisk(InspectVolumeResponse volume) {
        disks.add(volume.getName());
        if (!described.contains(volume.getName())) {
            String reason = "it was never attached and confirmed by a Director";
            add("persistent-disk", volume.getName(), reason, volume.getLabels(), true, volume(volume));
        }
    }

    private void considerEphemeralDisk(InspectVolumeResponse volume) {
        String vm = Labels.value(volume.getLabels(), Labels.VM).orElse("");
        if (!vms.contains(vm)) {
            String reason = "its VM " + vm + " is gone";
            add("ephemeral-disk", volume.getName(), reason, volume.getLabels(), false, volume(volume));
        }
    }

    private void considerMetadata(InspectVolumeResponse volume) {
        String of = Labels.value(volume.getLabels(), Labels.OF).orElse("");
        if (!vms.contains(of) && !disks.contains(of)) {
            add("metadata", volume.getName(), of + " is gone", volume.getLabels(), false, volume(volume));
        }
    }

    private void considerImage(Image image) {
        String vm = Labels.value(image.getLabels(), Labels.VM).orElse("");
        if (!vms.contains(vm)) {
            add(
                    "image",
                    image.getId(),
                    "its VM " + vm + " is gone",
                    image.getLabels(),
                    false,
                    () -> DockerVms.remove(docker, new VmCid(vm)));
        }
    }

    private Runnable volume(InspectVolumeResponse volume) {
        return () -> Volumes.remove(docker, volume.getName());
    }

    private void add(
            String kind, String name, String reason, Map<String, String> labels, boolean precious, Runnable removal) {
        Optional<Instant> madeAt = Labels.createdAt(labels);
        Optional<String> director = Labels.value(labels, Labels.DIRECTOR);
        removals.put(new Leftover(kind, name, reason, madeAt, director, precious), removal);
    }
}
