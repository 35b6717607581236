package io.boshcpi.docker.disk;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateVolumeCmd;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.ConflictException;
import io.boshcpi.docker.engine.Engine;
import io.boshcpi.docker.engine.Labels;
import io.boshcpi.docker.engine.Metadata;
import io.boshcpi.docker.engine.Volumes;
import io.boshcpi.docker.vm.DockerVms;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskHint;
import io.boshcpi.spi.DiskRequest;
import io.boshcpi.spi.Disks;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.VmCid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Persistent disks as volumes; a disk's CID is its volume's name. */
public final class DockerDisks implements Disks {
    /** What the cloud properties of disks can have. */
    public static final Options OPTIONS = DiskProperties.OPTIONS;

    private final Engine engine;

    public DockerDisks(Engine engine) {
        this.engine = engine;
    }

    @Override
    public DiskCid create(Call call, DiskRequest request) {
        DiskProperties properties = DiskProperties.of(request.properties());
        DiskCid disk = new DiskCid("disk-" + UUID.randomUUID());
        Map<String, String> labels = Labels.of(Labels.KIND_PERSISTENT_DISK, call, engine.clock());
        labels.put(Labels.SIZE, String.valueOf(request.sizeMib()));
        return engine.run(call, (docker, undo) -> {
            undo.register("the volume " + disk, client -> Volumes.remove(client, disk.value()));
            CreateVolumeCmd command = docker.createVolumeCmd()
                    .withName(disk.value())
                    .withLabels(labels)
                    .withDriverOpts(properties.driverOpts());
            properties.driver().ifPresent(command::withDriver);
            command.exec();
            return disk;
        });
    }

    @Override
    public void delete(Call call, DiskCid disk) {
        engine.run(call, (docker, undo) -> {
            if (find(docker, disk).isPresent()) {
                remove(docker, disk);
            }
            Metadata.remove(docker, disk.value());
            return disk;
        });
    }

    private static void remove(DockerClient docker, DiskCid disk) {
        List<String> vms = DockerVms.vmsWith(docker, disk);
        if (!vms.isEmpty()) {
            throw inUse(disk, "the VM " + vms.get(0), null);
        }
        try {
            Volumes.remove(docker, disk.value());
        } catch (ConflictException e) {
            throw inUse(disk, "a container that is not BOSH's", e);
        }
    }

    private static CpiException inUse(DiskCid disk, String user, @org.jspecify.annotations.Nullable Throwable cause) {
        return new CpiException(
                ErrorType.CLOUD_ERROR, "The disk " + disk + " is not deleted, since " + user + " has it", cause);
    }

    @Override
    public boolean exists(Call call, DiskCid disk) {
        return engine.run(call, (docker, undo) -> find(docker, disk).isPresent());
    }

    @Override
    public DiskHint attach(Call call, VmCid vm, DiskCid disk) {
        return engine.run(call, (docker, undo) -> {
            require(docker, disk);
            return new DiskHint(DockerVms.attach(docker, undo, vm, disk));
        });
    }

    @Override
    public void detach(Call call, VmCid vm, DiskCid disk) {
        engine.run(call, (docker, undo) -> {
            DockerVms.detach(docker, undo, vm, disk);
            return disk;
        });
    }

    @Override
    public void setMetadata(Call call, DiskCid disk, Map<String, String> metadata) {
        engine.run(call, (docker, undo) -> {
            require(docker, disk);
            Metadata.add(docker, Labels.of(Labels.KIND_METADATA, call, engine.clock()), disk.value(), metadata);
            return disk;
        });
    }

    private static void require(DockerClient docker, DiskCid disk) {
        if (find(docker, disk).isEmpty()) {
            throw new CpiException(ErrorType.DISK_NOT_FOUND, "The disk " + disk + " is not on the engine");
        }
    }

    /** The disk's volume. A volume without the mark of a disk is somebody else's, and no disk. */
    private static Optional<InspectVolumeResponse> find(DockerClient docker, DiskCid disk) {
        return Volumes.find(docker, disk.value())
                .filter(volume -> Labels.haveKind(volume.getLabels(), Labels.KIND_PERSISTENT_DISK));
    }
}
