package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.LxdException.Kind;
import io.boshcpi.lxd.client.LxdException.Subject;
import io.boshcpi.lxd.client.model.Project;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

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

    /** Creates a project. If the answer gets lost, the project of that name is taken to be this call's. */
    public void create(String name, Map<String, String> config) {
        Map<String, Object> body = Map.of("name", Names.check("project", name), "config", config);
        BooleanSupplier happened = () -> find(name).isPresent();
        try {
            rest.finish(rest.send(Request.post(Url.of("/1.0/projects"), body)), happened);
        } catch (LxdException e) {
            if (!e.is(Kind.OUTCOME_UNKNOWN) || !happened.getAsBoolean()) {
                throw e;
            }
        }
    }

    /**
     * Deletes it.
     *
     * @return false if there is none; {@link LxdException.Kind#IN_USE} unless it is empty; LXD 5.0 counts no volumes
     */
    public boolean delete(String name) {
        return rest.delete(url(name), Subject.PROJECT);
    }

    private static Url url(String name) {
        return Url.of("/1.0/projects").child(Names.check("project", name));
    }
}
