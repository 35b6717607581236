package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.client.engine.Request;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.client.transport.Transport;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Makes projects for tests, which the client itself never does. */
public final class TestProjects {
    private static final Url ALL = Url.of("/1.0/projects");

    private TestProjects() {}

    /** Creates a project. */
    public static void create(Endpoint endpoint, String name, Map<String, String> config) {
        on(endpoint, rest -> rest.send(Request.post(ALL, Map.of("name", name, "config", config))));
    }

    /**
     * Deletes a project, which must be empty; LXD 5.0 counts no volumes.
     *
     * @return false if there is none
     */
    public static boolean delete(Endpoint endpoint, String name) {
        return on(endpoint, rest -> rest.delete(ALL.child(name), Subject.PROJECT));
    }

    private static <T> T on(Endpoint endpoint, Function<Rest, T> action) {
        try (Transport transport = endpoint.open()) {
            return action.apply(new Rest(transport, "default", System.nanoTime() + TimeUnit.MINUTES.toNanos(1)));
        }
    }
}
