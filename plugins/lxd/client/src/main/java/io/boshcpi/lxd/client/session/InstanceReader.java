package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.ApiReply;
import io.boshcpi.lxd.client.engine.Names;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Instance;
import java.util.Optional;

/** Reads single instances. */
final class InstanceReader {
    static final Url ALL = Url.of("/1.0/instances");

    private final Rest rest;

    InstanceReader(Rest rest) {
        this.rest = rest;
    }

    /** The instance, with its version, or empty. */
    Optional<Instance> find(String name) {
        ApiReply reply = rest.find(url(name), Subject.INSTANCE);
        return reply == null ? Optional.empty() : Optional.of(instance(reply));
    }

    /** The instance, with its version. */
    Instance get(String name) {
        return instance(rest.get(url(name)));
    }

    static Url url(String name) {
        return ALL.child(Names.check("instance", name));
    }

    private static Instance instance(ApiReply reply) {
        return Instance.of(reply.object(), reply.etag());
    }
}
