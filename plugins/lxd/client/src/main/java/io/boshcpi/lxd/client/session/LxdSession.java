package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.KeyedLocks;
import io.boshcpi.lxd.client.engine.Names;
import io.boshcpi.lxd.client.engine.Rest;
import java.time.Duration;

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
     * @param locks of instances and volumes, shared with all other sessions on the server
     * @param known shared with all other sessions of the client
     */
    public LxdSession(Rest rest, KeyedLocks locks, KnownServer known) {
        this.rest = rest;
        this.locks = locks;
        this.known = known;
    }

    /** The same session with less time, if that is less than it has. */
    public LxdSession within(Duration time) {
        return new LxdSession(rest.until(System.nanoTime() + time.toNanos()), locks, known);
    }

    /** The time until the session's deadline; negative once that has passed. */
    public Duration remaining() {
        return Duration.ofNanos(rest.deadlineNanos() - System.nanoTime());
    }

    /**
     * Waits until no other call of this process holds the custom volume of that name, and holds it. For a change of
     * several requests, which must not mix with those of another.
     */
    public Held holdVolume(String name) {
        return new ObjectLocks(locks, rest).hold("volume", name);
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

    /** Copies of custom volumes from member to member of a cluster. */
    public VolumeTransfer volumeTransfer() {
        return new VolumeTransfer(rest, server());
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

    /** The members of the server's cluster. */
    public ClusterMembers clusterMembers() {
        return new ClusterMembers(rest);
    }

    /** Certificates of clients. */
    public Certificates certificates() {
        return new Certificates(rest);
    }
}
