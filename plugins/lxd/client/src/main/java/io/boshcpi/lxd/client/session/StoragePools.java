package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.ApiReply;
import io.boshcpi.lxd.client.engine.Names;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.PoolResources;
import io.boshcpi.lxd.client.model.StoragePool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Storage pools, which all projects share. */
public final class StoragePools {
    private final Rest rest;

    StoragePools(Rest rest) {
        this.rest = rest;
    }

    /** The pool, or empty. */
    public Optional<StoragePool> find(String name) {
        ApiReply reply = rest.find(url(name), Subject.POOL);
        return reply == null ? Optional.empty() : Optional.of(StoragePool.of(reply.object()));
    }

    /** The names of all pools. Incus does not list them for a restricted certificate. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Object url : rest.get(Url.of("/1.0/storage-pools")).list()) {
            names.add(Url.lastSegment(String.valueOf(url)));
        }
        return names;
    }

    /**
     * How full it is.
     *
     * @param member of the cluster; null for the one that answers
     */
    public PoolResources resources(String name, @Nullable String member) {
        Url url = url(name).plus("/resources").withIf("target", member);
        return PoolResources.of(rest.get(url).object());
    }

    private static Url url(String name) {
        return Url.of("/1.0/storage-pools").child(Names.check("storage pool", name));
    }
}
