package io.boshcpi.docker.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.List;
import java.util.Optional;

/** Volumes by name and by label. */
public final class Volumes {
    private Volumes() {}

    /** The volume of that name. */
    public static Optional<InspectVolumeResponse> find(DockerClient docker, String name) {
        if (!Names.isName(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(docker.inspectVolumeCmd(name).exec());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /** The volumes with a label of that value. */
    public static List<InspectVolumeResponse> with(DockerClient docker, String label, String value) {
        List<InspectVolumeResponse> volumes = docker.listVolumesCmd()
                .withFilter("label", List.of(label + "=" + value))
                .exec()
                .getVolumes();
        return volumes == null ? List.of() : volumes;
    }

    /** Removes a volume; succeeds if it is absent. */
    public static void remove(DockerClient docker, String name) {
        try {
            docker.removeVolumeCmd(name).exec();
        } catch (NotFoundException e) {
            // That is how it should be.
        }
    }
}
