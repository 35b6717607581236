package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.LxdException.Subject;
import io.boshcpi.lxd.client.model.ExecResult;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.model.InstanceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Containers and virtual machines of a project.
 *
 * <p>LXD 5.0 refuses a change of an instance while another is under way. Hence changes of one instance are made one after the
 * other by all users of a client, and what the server still refuses as busy is tried again until the session's deadline.
 *
 * <p>On LXD a missing project cannot be told from a missing instance: {@link #find} is empty and {@link #delete} false in both
 * cases. Where it matters, ask {@link Projects#find}.
 */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Instances {
    private final Rest rest;
    private final KeyedLocks locks;

    Instances(Rest rest, KeyedLocks locks) {
        this.rest = rest;
        this.locks = locks;
    }

    /** The instance, with its version, or empty. One request. */
    public Optional<Instance> find(String name) {
        ApiReply reply = rest.find(url(name), Subject.INSTANCE);
        return reply == null ? Optional.empty() : Optional.of(Instance.of(reply.object(), reply.etag()));
    }

    /** The instance, with its version; {@link LxdException.Kind#NOT_FOUND} if it is missing. */
    public Instance get(String name) {
        ApiReply reply = rest.get(url(name));
        return Instance.of(reply.object(), reply.etag());
    }

    /** All instances; none if the project is missing, which the servers do not tell. */
    public List<Instance> list() {
        return list(null);
    }

    /** Those that match.
     *
     * @param filter in the server's language: {@code "config.user.kind eq x and status eq Running"}; null for all */
    public List<Instance> list(@Nullable String filter) {
        ApiReply reply =
                rest.get(Url.of("/1.0/instances").with("recursion", "1").withIf("filter", filter));
        List<Instance> instances = new ArrayList<>();
        for (Object json : reply.list()) {
            instances.add(Instance.of(Rest.object(json), ""));
        }
        return instances;
    }

    /**
     * Creates a stopped instance and waits until it is complete.
     *
     * <p>If the answer gets lost, the instance of that name is taken to be this call's: names must be unique by themselves.
     *
     * @param body as the API documents it: {@code name}, {@code type}, {@code source}, {@code config}, {@code devices},
     *     {@code profiles}, ...
     */
    public void create(Map<String, ?> body) {
        create(body, null);
    }

    /** As {@link #create(Map)}, on a member of a cluster.
     *
     * @param target the cluster member to put it on, or null */
    public void create(Map<String, ?> body, @Nullable String target) {
        Names.check("instance", String.valueOf(body.get("name")));
        rest.await(rest.send("POST", Url.of("/1.0/instances").withIf("target", target), Map.of(), body));
    }

    /** Starts it, and waits until its first process runs. Does nothing if it runs already. */
    public void start(String name) {
        throw new UnsupportedOperationException(name);
    }

    /**
     * Stops it. Does nothing if it is stopped already.
     *
     * @param force to kill rather than to ask
     * @param patience how long the guest may take before {@link LxdException.Kind#GUEST_TIMEOUT}; whole seconds
     */
    public void stop(String name, boolean force, Duration patience) {
        throw new UnsupportedOperationException(name + force + patience);
    }

    /** Stops and starts it, with the parameters of {@link #stop}; only starts it if it is stopped. */
    public void restart(String name, boolean force, Duration patience) {
        throw new UnsupportedOperationException(name + force + patience);
    }

    /**
     * Merges keys into the configuration and devices into the devices. A key with an empty value is removed; a device cannot be
     * removed this way.
     */
    public void patch(String name, Map<String, String> config, Map<String, Map<String, String>> devices) {
        throw new UnsupportedOperationException(name + config + devices);
    }

    /**
     * Removes a device, and waits until it is gone from a running guest.
     *
     * @return false if there is none of that name
     */
    public boolean removeDevice(String name, String device) {
        throw new UnsupportedOperationException(name + device);
    }

    /**
     * Deletes a stopped instance with its root disk; custom volumes stay.
     *
     * @return false if there is none
     */
    public boolean delete(String name) {
        throw new UnsupportedOperationException(name + locks);
    }

    /** What it is doing right now. */
    public InstanceState state(String name) {
        return InstanceState.of(rest.get(url(name).plus("/state")).object());
    }

    /** The files of an instance, stopped or running. */
    public InstanceFiles files(String name) {
        return new InstanceFiles(rest, url(name).plus("/files"));
    }

    /** Runs a command in a running instance and brings back its output, of which the server keeps nothing. */
    public ExecResult exec(String name, List<String> command) {
        throw new UnsupportedOperationException(name + command);
    }

    /**
     * Runs a command in a running instance without keeping its output, which takes fewer requests.
     *
     * @return its exit code
     */
    public int run(String name, List<String> command) {
        throw new UnsupportedOperationException(name + command);
    }

    private static Url url(String name) {
        return Url.of("/1.0/instances").child(Names.check("instance", name));
    }
}
