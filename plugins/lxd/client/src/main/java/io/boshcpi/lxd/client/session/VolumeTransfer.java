package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.ApiReply;
import io.boshcpi.lxd.client.engine.Names;
import io.boshcpi.lxd.client.engine.Request;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Copies custom volumes with their snapshots from one member of a cluster to another. Newer servers find the source by its
 * member; on the others (LXD 5.0.2), one member offers the volume and the other fetches it.
 *
 * <p>The servers' own move is not used: it drops the volume's configuration, and takes a volume away from a running
 * instance.
 */
public final class VolumeTransfer {
    private static final String BY_MEMBER = "cluster_internal_custom_volume_copy";

    private final Rest rest;
    private final ServerInfo server;

    VolumeTransfer(Rest rest, ServerInfo server) {
        this.rest = rest;
        this.server = server;
    }

    /**
     * Creates the volume on its target, and waits until it is complete. A lost answer is an {@link Kind#OUTCOME_UNKNOWN},
     * since a complete copy looks like one that was only begun. The server cannot cancel a copy, so it goes on after a
     * {@link Kind#TIMED_OUT}.
     *
     * @param member that has the source
     */
    public void copy(VolumeSource source, String member, NewVolume volume, TransferProgress progress) {
        if (server.hasExtension(BY_MEMBER)) {
            create(source.pool(), volume, located(source, member), copying -> progress.underWay(progressIn(copying)));
        } else {
            Operation offer = offer(source, member);
            create(source.pool(), volume, fetched(offer, member), fetching -> progress.underWay(progressOf(offer)));
        }
    }

    private void create(String pool, NewVolume volume, Map<String, Object> source, Consumer<Operation> underWay) {
        Map<String, Object> body = Volumes.body(volume);
        body.put("source", source);
        Url url = Volumes.all(pool).withIf("target", volume.target());
        rest.finish(rest.send(Request.post(url, body)), () -> false, underWay);
    }

    private static Map<String, Object> located(VolumeSource source, String member) {
        Map<String, Object> located = new LinkedHashMap<>();
        located.put("type", "copy");
        located.put("pool", source.pool());
        located.put("name", source.name());
        located.put("location", member);
        located.put("volume_only", false);
        return located;
    }

    /** Lets the member wait for one that fetches the volume. The offer ends by itself if none comes within ten seconds. */
    private Operation offer(VolumeSource source, String member) {
        Url url = Volumes.all(source.pool()).child(source.name()).with("target", member);
        Map<String, Object> body = Map.of("name", source.name(), "migration", true);
        return Operation.of(rest.send(Request.post(url, body)).object());
    }

    private Map<String, Object> fetched(Operation offer, String member) {
        Map<String, Object> fetched = new LinkedHashMap<>();
        fetched.put("type", "migration");
        fetched.put("mode", "pull");
        fetched.put(
                "operation",
                new ClusterMembers(rest).get(member).url() + urlOf(offer).path());
        fetched.put("certificate", server.certificate());
        fetched.put("secrets", offer.result());
        fetched.put("volume_only", false);
        return fetched;
    }

    /** The member that offers tells the progress. */
    private String progressOf(Operation offer) {
        ApiReply reply = rest.find(urlOf(offer), Subject.OPERATION);
        return reply == null ? "" : progressIn(Operation.of(reply.object()));
    }

    private static Url urlOf(Operation operation) {
        return Url.of("/1.0/operations").child(Names.check("operation", operation.id()));
    }

    /** The servers name it {@code fs_progress} or {@code block_progress}. */
    private static String progressIn(Operation operation) {
        for (Map.Entry<String, ?> entry : operation.result().entrySet()) {
            if (entry.getKey().endsWith("_progress")) {
                return String.valueOf(entry.getValue());
            }
        }
        return "";
    }
}
