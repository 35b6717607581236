package io.boshcpi.lxd.client.session;

import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.engine.KeyedLocks;
import io.boshcpi.lxd.client.engine.Names;
import io.boshcpi.lxd.client.engine.Pauses;
import io.boshcpi.lxd.client.engine.Request;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Containers and virtual machines of a project.
 *
 * <p>LXD 5.0 rejects a change of an instance while another one is under way. So all users of a client change an
 * instance one after the other, and a change that the server still rejects as busy is repeated until the session's
 * deadline.
 *
 * <p>On LXD a missing project looks like a missing instance: {@link #find} is empty and {@link #delete} false in both
 * cases. Where the difference matters, call {@link Projects#find}.
 */
public final class Instances {
    private static final List<String> REPLACEABLE =
            List.of("architecture", "config", "devices", "ephemeral", "profiles", "stateful", "description");

    /** How long a guest may take to start; LXD's own client sends the same. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    /** How long a restart is tried again that another one spoils. */
    private static final long OTHERS_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Rest rest;
    private final InstanceReader reader;
    private final ObjectLocks locks;

    Instances(Rest rest, KeyedLocks locks) {
        this.rest = rest;
        this.reader = new InstanceReader(rest);
        this.locks = new ObjectLocks(locks, rest);
    }

    /** The instance, with its version, or empty. One request. */
    public Optional<Instance> find(String name) {
        return reader.find(name);
    }

    /** All instances. An empty list if the project is missing, which the servers do not report. */
    public List<Instance> list() {
        List<Instance> instances = new ArrayList<>();
        for (Object json : rest.get(all().with("recursion", "1")).list()) {
            instances.add(Instance.of(Json.members(json), ""));
        }
        return instances;
    }

    /**
     * Creates a stopped instance and waits until it is complete.
     *
     * <p>If the answer is lost, the instance of that name is assumed to be this call's, so names must be unique. An
     * instance that is half made, because the server died, is an {@link LxdException.Kind#OUTCOME_UNKNOWN} and can only
     * be deleted.
     *
     * @param body as the API documents it: {@code name}, {@code type}, {@code source}, {@code config}, {@code devices},
     *     {@code profiles}, ...
     * @param target the cluster member to put it on, or null
     */
    public void create(Map<String, ?> body, @Nullable String target) {
        String name = Names.check("instance", String.valueOf(body.get("name")));
        Request request = Request.post(all().withIf("target", target), body);
        new InstanceCreation(rest, name, request).run();
    }

    /** Starts it and waits until its first process runs; thaws it if it is frozen. Does nothing if it runs already. */
    public void start(String name) {
        locks.exclusively(name, () -> {
            changeState(name, "start", false, START_TIMEOUT);
            return true;
        });
    }

    /**
     * Stops it. Does nothing if it is stopped already.
     *
     * @param force whether to kill the guest instead of asking it to shut down
     * @param timeout how long the guest may take before {@link LxdException.Kind#GUEST_TIMEOUT}, in whole seconds
     */
    public void stop(String name, boolean force, Duration timeout) {
        locks.exclusively(name, () -> {
            changeState(name, "stop", force, timeout);
            return true;
        });
    }

    /**
     * Stops and starts it, with the parameters of {@link #stop}; only starts it if it is stopped. A lost answer is an
     * {@link LxdException.Kind#OUTCOME_UNKNOWN}, since a second restart would not have the same effect.
     */
    public void restart(String name, boolean force, Duration timeout) {
        locks.exclusively(name, () -> {
            Pauses pauses = null;
            while (true) {
                try {
                    restartOrStart(name, force, timeout);
                    return true;
                } catch (LxdException e) {
                    // A restart whose caller is gone may still be under way, and Incus lets two of them spoil each
                    // other.
                    boolean spoilt = e.is(Kind.SERVER_ERROR) || e.is(Kind.INVALID);
                    if (pauses == null) {
                        pauses = rest.pausesWithin(OTHERS_NANOS);
                    }
                    if (!spoilt || !pauses.pause()) {
                        throw e;
                    }
                    awaitOthers(name);
                }
            }
        });
    }

    private void restartOrStart(String name, boolean force, Duration timeout) {
        try {
            changeState(name, "restart", force, timeout);
        } catch (LxdException e) {
            // LXD calls a stopped instance busy, Incus stopped.
            boolean stopped =
                    e.is(Kind.NOT_RUNNING) || (e.is(Kind.BUSY) && get(name).isStopped());
            if (!stopped) {
                throw e;
            }
            changeState(name, "start", false, START_TIMEOUT);
        }
    }

    private void awaitOthers(String name) {
        try {
            rest.awaitOperationsOn(name);
        } catch (LxdException e) {
            // How it ended does not matter; whoever started it has been told, or is gone.
        }
    }

    /**
     * Merges keys into the configuration, and devices into the devices. A key with an empty value is removed; a device
     * cannot be removed this way.
     */
    public void patch(String name, Map<String, String> config, Map<String, Map<String, String>> devices) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (!config.isEmpty()) {
            body.put("config", config);
        }
        if (!devices.isEmpty()) {
            body.put("devices", devices);
        }
        locks.exclusively(name, () -> {
            BooleanSupplier happened = () -> has(get(name), config, devices);
            try {
                rest.finish(rest.send(Request.patch(url(name), body)), happened);
            } catch (LxdException e) {
                // LXD 5.0.2 tells the guest of a virtual machine when the change is done and recorded, and fails if it
                // has no process of LXD's.
                if (!e.is(Kind.GUEST_UNREACHABLE) || !happened.getAsBoolean()) {
                    throw e;
                }
            }
            return true;
        });
    }

    private static boolean has(
            Instance instance, Map<String, String> config, Map<String, Map<String, String>> devices) {
        for (Map.Entry<String, String> entry : config.entrySet()) {
            if (!instance.config().getOrDefault(entry.getKey(), "").equals(entry.getValue())) {
                return false;
            }
        }
        return instance.devices().keySet().containsAll(devices.keySet());
    }

    /**
     * Removes a device, and waits until it is gone from a running guest. The instance is read again only if it has
     * changed since it was found.
     *
     * @return false if there is no device of that name
     */
    public boolean removeDevice(Instance found, String device) {
        String name = found.name();
        AtomicBoolean tried = new AtomicBoolean(); // an attempt whose answer was lost may have succeeded
        AtomicReference<@Nullable Instance> known = new AtomicReference<>(found);
        return locks.exclusively(name, () -> {
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
        return locks.exclusively(name, () -> rest.delete(url(name), Subject.INSTANCE));
    }

    /** The files of an instance, stopped or running. */
    public InstanceFiles files(String name) {
        return new InstanceFiles(rest, url(name).plus("/files"));
    }

    /**
     * The beginning of a log that the server keeps of an instance, up to 256 KiB; empty if there is none.
     *
     * @param file {@code "lxc.log"} of a container, {@code "qemu.log"} of a virtual machine
     */
    public String log(String name, String file) {
        return new InstanceLog(rest, url(name).plus("/logs").child(file)).read();
    }

    /**
     * Runs a command in a running instance, without its output.
     *
     * @return its exit code
     */
    public int run(String name, List<String> command) {
        return new InstanceCommand(rest, url(name).plus("/exec"), command).run();
    }

    private void changeState(String name, String action, boolean force, Duration timeout) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("action", action);
        body.put("timeout", timeout.toSeconds());
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
                changeState(name, "unfreeze", false, timeout);
            }
        }
    }

    private static boolean isInThatStateAlready(String action, LxdException e) {
        return switch (action) {
            case "start" -> e.is(Kind.ALREADY_RUNNING);
            case "stop" -> e.is(Kind.NOT_RUNNING);
            default -> false;
        };
    }

    /** Sends back all that the server reported, with other devices, unless the instance has changed meanwhile. */
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

    private Instance get(String name) {
        return reader.get(name);
    }

    private static Url all() {
        return InstanceReader.ALL;
    }

    private static Url url(String name) {
        return InstanceReader.url(name);
    }
}
