package io.boshcpi.docker.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What BOSH calls metadata and tags of VMs and disks, as labels of an empty volume beside the object: the Engine API
 * changes no label of an object that exists.
 *
 * <p>That an object has such a volume also says that its Director knows it: BOSH sends metadata once it has the CID. A
 * change makes a new volume before it removes the old one, so a cut loses nothing.
 */
public final class Metadata {
    private Metadata() {}

    /** Adds or overwrites metadata of an object. */
    public static void add(DockerClient docker, Map<String, String> marks, String cid, Map<String, String> metadata) {
        List<InspectVolumeResponse> earlier = of(docker, cid);
        Map<String, String> labels = new TreeMap<>();
        for (InspectVolumeResponse volume : earlier) {
            volume.getLabels().forEach((key, value) -> {
                if (key.startsWith(Labels.METADATA)) {
                    labels.put(key, value);
                }
            });
        }
        metadata.forEach((key, value) -> labels.put(Labels.METADATA + key, value));
        labels.putAll(marks);
        labels.put(Labels.OF, cid);
        docker.createVolumeCmd()
                .withName("metadata-" + UUID.randomUUID())
                .withLabels(labels)
                .exec();
        remove(docker, earlier);
    }

    /** Removes the metadata of an object. */
    public static void remove(DockerClient docker, String cid) {
        remove(docker, of(docker, cid));
    }

    /** The metadata of all objects: volumes whose label {@link Labels#OF} names the object. */
    public static List<InspectVolumeResponse> all(DockerClient docker) {
        return Volumes.with(docker, Labels.KIND, Labels.KIND_METADATA);
    }

    /** Oldest first. */
    private static List<InspectVolumeResponse> of(DockerClient docker, String cid) {
        List<InspectVolumeResponse> volumes = new ArrayList<>(Volumes.with(docker, Labels.OF, cid));
        volumes.sort(Comparator.comparing(
                volume -> Labels.createdAt(volume.getLabels()).orElse(Instant.EPOCH)));
        return volumes;
    }

    private static void remove(DockerClient docker, List<InspectVolumeResponse> volumes) {
        for (InspectVolumeResponse volume : volumes) {
            Volumes.remove(docker, volume.getName());
        }
    }
}
