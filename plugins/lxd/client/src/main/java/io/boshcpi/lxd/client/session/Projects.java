package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.ApiReply;
import io.boshcpi.lxd.client.engine.Names;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Project;
import java.util.Optional;

/** Projects of the server. */
public final class Projects {
    private final Rest rest;

    Projects(Rest rest) {
        this.rest = rest;
    }

    /** The project, or empty. */
    public Optional<Project> find(String name) {
        ApiReply reply = rest.find(url(name), Subject.PROJECT);
        return reply == null ? Optional.empty() : Optional.of(Project.of(reply.object()));
    }

    private static Url url(String name) {
        return Url.of("/1.0/projects").child(Names.check("project", name));
    }
}
