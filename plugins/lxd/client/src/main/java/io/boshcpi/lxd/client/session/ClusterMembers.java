package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.Names;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.model.ClusterMember;

/** The members of the cluster that the server belongs to. */
public final class ClusterMembers {
    private final Rest rest;

    ClusterMembers(Rest rest) {
        this.rest = rest;
    }

    /** The member of that name, which has to exist. */
    public ClusterMember get(String name) {
        Url url = Url.of("/1.0/cluster/members").child(Names.check("cluster member", name));
        return ClusterMember.of(rest.get(url).object());
    }
}
