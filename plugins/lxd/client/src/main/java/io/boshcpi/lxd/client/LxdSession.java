package io.boshcpi.lxd.client;

import java.time.Duration;

/**
 * One caller's view of a server: a project and a deadline, from which everything else is reached. Cheap to make, safe for use
 * by several threads.
 */
public final class LxdSession {
    private final LxdClient client;
    private final Rest rest;

    LxdSession(LxdClient client, String project, long deadlineNanos) {
        this.client = client;
        this.rest = new Rest(client.transport(), project, deadlineNanos);
    }

    /** The project that all calls name. */
    public String project() {
        return rest.project();
    }

    /** The same server and deadline, another project. */
    public LxdSession inProject(String project) {
        return new LxdSession(client, Names.check("project", project), rest.deadlineNanos());
    }

    /** The same server and project, a new deadline: for cleaning up after the old one has passed. */
    public LxdSession withTimeout(Duration timeout) {
        return client.session(rest.project(), timeout);
    }

    /** What the server is and can do. */
    public ServerInfo server() {
        return new ServerInfo(rest, client);
    }

    /** Containers and virtual machines. */
    public Instances instances() {
        return new Instances(rest, client.locks());
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

    /** Projects; all of them, not only this session's. */
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

    /** Background operations. */
    public Operations operations() {
        return new Operations(rest);
    }
}
