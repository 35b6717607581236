package io.boshcpi.lxd.client;

import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.LxdException.Kind;
import io.boshcpi.lxd.client.LxdException.Subject;
import io.boshcpi.lxd.client.model.ExecResult;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.model.InstanceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
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
public final class Instances {
    private static final List<String> REPLACEABLE =
            List.of("architecture", "config", "devices", "ephemeral", "profiles", "stateful", "description");

    /** How long the servers let a guest take to start; LXD's own client sends it as well. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private final Rest rest;
    private final InstanceLocks locks;

    Instances(Rest rest, KeyedLocks locks) {
        this.rest = rest;
        this.locks = new InstanceLocks(locks, rest);
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

    /**
     * Those that match.
     *
     * @param filter in the server's language, where a value is a regular expression that ignores case:
     *     {@code "config.user.kind eq x and status eq Running"}; null for all
     */
    public List<Instance> list(@Nullable String filter) {
        ApiReply reply = rest.get(all().with("recursion", "1").withIf("filter", filter));
        List<Instance> instances = new ArrayList<>();
        for (Object json : reply.list()) {
            instances.add(Instance.of(Json.members(json), ""));
        }
        return instances;
    }

    /**
     * Creates a stopped instance and waits until it is complete.
     *
     * <p>If the answer gets lost, the instance of that name is taken to be this call's: names must be unique by themselves. If
     * it turns out to be half made, because the server died meanwhile, that is an {@link LxdException.Kind#OUTCOME_UNKNOWN},
     * and deleting it is all that can be done with it.
     *
     * @param body as the API documents it: {@code name}, {@code type}, {@code source}, {@code config}, {@code devices},
     *     {@code profiles}, ...
     */
    public void create(Map<String, ?> body) {
        create(body, null);
    }

    /**
     * As {@link #create(Map)}, on a member of a cluster.
     *
     * @param target the cluster member to put it on, or null
     */
    public void create(Map<String, ?> body, @Nullable String target) {
        String name = Names.check("instance", String.valueOf(body.get("name")));
        Request request = Request.post(all().withIf("target", target), body);
        new InstanceCreation(rest, this, name, request).run();
    }

    /** Starts it, and waits until its first process runs; thaws it if it is frozen. Does nothing if it runs already. */
    public void start(String name) {
        locks.alone(name, () -> {
            changeState(name, "start", false, START_PATIENCE);
            return true;
        });
    }

    /**
     * Stops it. Does nothing if it is stopped already.
     *
     * @param force to kill rather than to ask
     * @param patience how long the guest may take before {@link LxdException.Kind#GUEST_TIMEOUT}; whole seconds
     */
    public void stop(String name, boolean force, Duration patience) {
        locks.alone(name, () -> {
            changeState(name, "stop", force, patience);
            return true;
        });
    }

    /**
     * Stops and starts it, with the parameters of {@link #stop}; only starts it if it is stopped. If the answer gets lost that
     * is {@link LxdException.Kind#OUTCOME_UNKNOWN}, since a second restart would not be the same.
     */
    public void restart(String name, boolean force, Duration patience) {
        locks.alone(name, () -> {
            try {
                changeState(name, "restart", force, patience);
            } catch (LxdException e) {
                // LXD calls a stopped instance busy, Incus stopped.
                boolean stopped =
                        e.is(Kind.NOT_RUNNING) || (e.is(Kind.BUSY) && get(name).isStopped());
                if (!stopped) {
                    throw e;
                }
                changeState(name, "start", false, START_PATIENCE);
            }
            return true;
        });
    }

    /**
     * Merges keys into the configuration and devices into the devices. A key with an empty value is removed; a device cannot be
     * removed this way.
     */
    public void patch(String name, Map<String, String> config, Map<String, Map<String, String>> devices) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (!config.isEmpty()) {
            body.put("config", config);
        }
        if (!devices.isEmpty()) {
            body.put("devices", devices);
        }
        locks.alone(name, () -> {
            ApiReply reply = rest.send(Request.patch(url(name), body));
            rest.finish(reply, () -> get(name).devices().keySet().containsAll(devices.keySet()));
            return true;
        });
    }

    /**
     * Removes a device, and waits until it is gone from a running guest.
     *
     * @return false if there is none of that name
     */
    public boolean removeDevice(String name, String device) {
        return removeDevice(name, device, null);
    }

    /** As {@link #removeDevice(String, String)}; the instance is read again only if it has changed since it was found. */
    public boolean removeDevice(Instance found, String device) {
        return removeDevice(found.name(), device, found);
    }

    private boolean removeDevice(String name, String device, @Nullable Instance found) {
        AtomicBoolean tried = new AtomicBoolean(); // an attempt whose answer got lost may have done it
        AtomicReference<@Nullable Instance> known = new AtomicReference<>(found);
        return locks.alone(name, () -> {
            Instance read = known.getAndSet(null);
            Instance instance = read == null ? get(name) : read;
            if (!instance.devices().containsKey(device)) {
                return tried.get();
            }
            Map<String, Map<String, String>> devices = new LinkedHashMap<>(instance.devices());
            devices.remove(device);
            tried.set(true);
            replace(instance, devices);
            return true;
        });
    }

    /**
     * Deletes a stopped instance with its root disk; custom volumes stay.
     *
     * @return false if there is none
     */
    public boolean delete(String name) {
        return locks.alone(name, () -> rest.delete(url(name), Subject.INSTANCE));
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
        return new InstanceCommand(rest, url(name).plus("/exec"), command).run();
    }

    /**
     * Runs a command in a running instance without keeping its output, which takes fewer requests.
     *
     * @return its exit code
     */
    public int run(String name, List<String> command) {
        return new InstanceCommand(rest, url(name).plus("/exec"), command).runSilently();
    }

    private void changeState(String name, String action, boolean force, Duration patience) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("action", action);
        body.put("timeout", patience.toSeconds());
        body.put("force", force);
        body.put("stateful", false);
        Request request = Request.put(url(name).plus("/state"), body);
        boolean stop = action.equals("stop");
        BooleanSupplier happened =
                () -> stop ? get(name).isStopped() : get(name).isRunning();
        try {
            rest.finish(rest.send(action.equals("restart") ? request.once() : request), happened);
        } catch (LxdException e) {
            if (!isInThatStateAlready(action, e)) {
                throw e;
            }
            if (action.equals("start") && get(name).isFrozen()) {
                changeState(name, "unfreeze", false, patience);
            }
        }
    }

    private static boolean isInThatStateAlready(String action, LxdException e) {
        return switch (action) {
            case "start" -> e.serverMessage().contains("already running");
            case "stop" -> e.is(Kind.NOT_RUNNING);
            default -> false;
        };
    }

    /** Puts back all that the server told, with other devices, unless the instance has changed meanwhile. */
    private void replace(Instance instance, Map<String, Map<String, String>> devices) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (String key : REPLACEABLE) {
            if (instance.document().containsKey(key)) {
                body.put(key, instance.document().get(key));
            }
        }
        body.put("devices", devices);
        Predicate<Instance> done = now -> now.devices().keySet().equals(devices.keySet());
        String name = instance.name();
        rest.finish(rest.send(Request.put(url(name), body).ifMatch(instance.version())), () -> done.test(get(name)));
    }

    private static Url all() {
        return Url.of("/1.0/instances");
    }

    private static Url url(String name) {
        return all().child(Names.check("instance", name));
    }
}
