package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.KeyedLocks;
import io.boshcpi.lxd.client.engine.Names;
import io.boshcpi.lxd.client.engine.Rest;

/**
 * One caller's view of a server: a project and a deadline, from which everything else is reached. Cheap to make, safe
 * for use by several threads.
 */
public final class LxdSession {
    private final Rest rest;
    private final KeyedLocks locks;
    private final KnownServer known;

    /**
     * A session of a client.
     *
     * @param locks of the instances, shared with all other sessions on the server
     * @param known shared with all other sessions of the client
     */
    public LxdSession(Rest rest, KeyedLocks locks, KnownServer known) {
        this.rest = rest;
        this.locks = locks;
        this.known = known;
    }

    /** The project that all calls name. */
    public String project() {
        return rest.project();
    }

    /** What the server is and can do. */
    public ServerInfo server() {
        return new ServerInfo(rest, known);
    }

    /** Containers and virtual machines. */
    public Instances instances() {
        return new Instances(rest, locks);
    }

    /** Images. */
    public Images images() {
        return new Images(rest);
    }

    /** Storage pools. */
    public StoragePools pools() {
        return new StoragePools(rest);
    }

    /** Custom volumes of a storage pool. */
    public Volumes volumes(String pool) {
        return new Volumes(rest, Names.check("storage pool", pool));
    }

    /** Networks. */
    public Networks networks() {
        return new Networks(rest);
    }

    /** All projects, not only this session's. */
    public Projects projects() {
        return new Projects(rest);
    }

    /** Profiles of the project. */
    public Profiles profiles() {
        return new Profiles(rest);
    }

    /** Certificates of clients. */
    public Certificates certificates() {
        return new Certificates(rest);
    }
}
