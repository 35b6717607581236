package io.boshcpi.docker.vm;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import io.boshcpi.docker.engine.Undo;
import io.boshcpi.spi.VmCid;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a VM's container again with other persistent disks, since the Engine API changes no mounts of a container.
 *
 * <p>The VM is shut down, and what it has written to its root file system becomes an image, of which a container with the
 * same name, addresses and limits is made. The ephemeral disk is a volume and stays. The old container exists until the new
 * one has started, so a failure, or a call that is cut off, loses nothing: {@link VmContainers#find} goes on from either.
 */
final class VmRecreation {
    private static final Logger LOG = LoggerFactory.getLogger(VmRecreation.class);
    private static final String REPOSITORY = "localhost/bosh-vm";

    private final DockerClient docker;
    private final Undo undo;
    private final VmCid vm;
    private final Container old;

    /**
     * @param old the VM's container as it is
     */
    VmRecreation(DockerClient docker, Undo undo, VmCid vm, Container old) {
        this.docker = docker;
        this.undo = undo;
        this.vm = vm;
        this.old = old;
    }

    /**
     * Does it, and starts the VM.
     *
     * @param spec what the VM is to be made of
     * @param check what has to hold once the new container exists and before it starts; throws if it does not
     */
    void run(VmSpec spec, Runnable check) {
        undo.register("the VM " + vm + ", which is stopped", this::restore);
        VmContainers.stop(docker, old.getId());
        String tag = vm + "-" + UUID.randomUUID().toString().substring(0, 8);
        String image = REPOSITORY + ":" + tag;
        undo.register("the image " + image, client -> VmContainers.removeImage(client, image));
        docker.commitCmd(old.getId())
                .withRepository(REPOSITORY)
                .withTag(tag)
                .withPause(false)
                .exec();
        docker.renameContainerCmd(old.getId())
                .withName(vm + VmContainers.PREVIOUS)
                .exec();
        undo.register("the container " + vm, this::removeNew);
        String made = new ContainerPlan(vm.value(), image, old.getLabels(), spec).create(docker);
        check.run();
        VmContainers.start(docker, made);
        undo.keep();
        removeOld(image);
    }

    /** What cannot be removed now the next change of the VM's disks removes, or its deletion. */
    private void removeOld(String image) {
        try {
            VmContainers.remove(docker, old.getId());
            VmContainers.removeImages(docker, vm, image);
        } catch (RuntimeException e) {
            LOG.warn("The container {}{} or its image stays for now ({})", vm, VmContainers.PREVIOUS, e.getMessage());
        }
    }

    private void removeNew(DockerClient client) {
        for (Container container : VmContainers.all(client, vm)) {
            if (!container.getId().equals(old.getId())) {
                VmContainers.remove(client, container.getId());
            }
        }
    }

    /** Gives the old container its name back, and starts it. It may just be stopping, which an engine starts not. */
    private void restore(DockerClient client) {
        String container = VmContainers.get(client, vm).getId();
        VmContainers.stop(client, container);
        VmContainers.start(client, container);
    }
}
