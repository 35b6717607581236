package io.boshcpi.lxd.client.session;

import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.engine.Names;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.model.ClusterMember;
import java.util.ArrayList;
import java.util.List;

/** The members of the cluster that the server belongs to. */
public final class ClusterMembers {
    private final Rest rest;

    ClusterMembers(Rest rest) {
        this.rest = rest;
    }

    /** The member of that name, which has to exist. */
    public ClusterMember get(String name) {
        return ClusterMember.of(
                rest.get(all().child(Names.check("cluster member", name))).object());
    }

    /** All members. */
    public List<ClusterMember> list() {
        List<ClusterMember> members = new ArrayList<>();
        for (Object json : rest.get(all().with("recursion", "1")).list()) {
            members.add(ClusterMember.of(Json.members(json)));
        }
        return members;
    }

    private static Url all() {
        return Url.of("/1.0/cluster/members");
    }
}
