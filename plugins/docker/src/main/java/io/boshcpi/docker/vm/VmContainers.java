package io.boshcpi.docker.vm;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import io.boshcpi.docker.engine.Labels;
import io.boshcpi.docker.engine.Names;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.VmCid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The containers of VMs: a VM has one of its name, and while it is made again a second one with the suffix {@link
 * #PREVIOUS}.
 */
final class VmContainers {
    /** The suffix of the container that is about to be replaced. */
    static final String PREVIOUS = ".previous";

    /** How long a guest may take to shut down before it is killed. */
    private static final int SHUTDOWN_SECONDS = 30;

    private static final Set<String> NEVER_STARTED = Set.of("created", "configured", "initialized");

    private VmContainers() {}

    /** All containers of a VM; empty if there is no such VM. */
    static List<Container> all(DockerClient docker, VmCid vm) {
        return Names.isName(vm.value()) ? labelled(docker, Map.of(Labels.VM, vm.value())) : List.of();
    }

    /** All containers with these labels, running or not. */
    static List<Container> labelled(DockerClient docker, Map<String, String> labels) {
        return docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(labels)
                .exec();
    }

    /**
     * The VM's container, after taking back or finishing what a call that was cut off had begun.
     *
     * @throws CpiException {@link ErrorType#VM_NOT_FOUND} if there is none
     */
    static Container get(DockerClient docker, VmCid vm) {
        return find(docker, vm).orElseThrow(() -> notFound(vm));
    }

    static CpiException notFound(VmCid vm) {
        return new CpiException(ErrorType.VM_NOT_FOUND, "The VM " + vm + " is not on the engine");
    }

    /** Like {@link #get}; empty if there is none. */
    static Optional<Container> find(DockerClient docker, VmCid vm) {
        List<Container> containers = all(docker, vm);
        Optional<Container> current = named(containers, vm.value());
        Optional<Container> previous = named(containers, vm.value() + PREVIOUS);
        if (previous.isEmpty()) {
            return current;
        } else if (current.isPresent() && !NEVER_STARTED.contains(current.get().getState())) {
            remove(docker, previous.get().getId());
            removeImages(docker, vm, current.get().getImage());
            return current;
        }
        current.ifPresent(unfinished -> remove(docker, unfinished.getId()));
        docker.renameContainerCmd(previous.get().getId()).withName(vm.value()).exec();
        return previous;
    }

    private static Optional<Container> named(List<Container> containers, String name) {
        return containers.stream()
                .filter(container -> List.of(container.getNames()).contains("/" + name))
                .findFirst();
    }

    /** Stops a container, which is given time to shut down; succeeds if it does not run. */
    static void stop(DockerClient docker, String container) {
        try {
            docker.stopContainerCmd(container).withTimeout(SHUTDOWN_SECONDS).exec();
        } catch (NotModifiedException e) {
            // It was stopped already.
        }
    }

    /** Starts a container; succeeds if it runs. */
    static void start(DockerClient docker, String container) {
        try {
            docker.startContainerCmd(container).exec();
        } catch (NotModifiedException e) {
            // It ran already.
        }
    }

    /** Removes a container in whatever state; succeeds if it is absent. Its volumes stay. */
    static void remove(DockerClient docker, String container) {
        try {
            docker.removeContainerCmd(container).withForce(true).exec();
        } catch (NotFoundException e) {
            // That is how it should be.
        }
    }

    /**
     * Removes the images that were made of a VM's root file system, but for one.
     *
     * <p>It takes their names away. An engine then removes what nothing is made of; by force, Podman would remove the
     * containers that use an image as well.
     *
     * @param kept the name of the one that stays
     */
    static void removeImages(DockerClient docker, VmCid vm, String kept) {
        for (Image image : docker.listImagesCmd()
                .withLabelFilter(Map.of(Labels.VM, vm.value()))
                .exec()) {
            if (image.getRepoTags() != null) {
                for (String name : image.getRepoTags()) {
                    if (!name.equals(kept)) {
                        removeImage(docker, name);
                    }
                }
            }
        }
    }

    /** Takes an image's name away; succeeds if there is none of that name. */
    static void removeImage(DockerClient docker, String name) {
        try {
            docker.removeImageCmd(name).exec();
        } catch (NotFoundException e) {
            // That is how it should be.
        }
    }
}
