package io.boshcpi.lxd.fake.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one server keeps. The state is its own lock: a handler holds it from the first look to the last change,
 * so each request sees and leaves a consistent server.
 */
public final class State {
    public final Dialect dialect;
    public final boolean virtualMachines;
    /** Why the next starts of containers fail. */
    public final Queue<String> startFailures = new ConcurrentLinkedQueue<>();

    public final Map<String, Model.Project> projects = new TreeMap<>();
    public final Map<String, Model.Pool> pools = new TreeMap<>();
    public final Map<String, Model.Certificate> certificates = new LinkedHashMap<>();
    private final Map<String, Model.Network> networks = new TreeMap<>();
    private final Map<String, Model.Image> images = new TreeMap<>();
    private final Map<String, Instance> instances = new TreeMap<>();

    public State(Dialect dialect, boolean virtualMachines) {
        this.dialect = dialect;
        this.virtualMachines = virtualMachines;
        Map<String, String> features = new TreeMap<>(dialect.projectFeatures());
        features.put("features.networks", "true");
        projects.put("default", new Model.Project("default", features));
    }

    public static String now() {
        return Instant.now().toString();
    }

    private static String key(String project, String name) {
        return project + "/" + name;
    }

    private static <T> List<T> ofProject(Map<String, T> all, String project) {
        List<T> found = new ArrayList<>();
        all.forEach((key, value) -> {
            if (key.startsWith(project + "/")) {
                found.add(value);
            }
        });
        return found;
    }

    // Projects

    /** Where objects of this feature live: in the project itself or, where it lacks the feature, in the default one. */
    public String home(String project, String feature) {
        Model.Project found = projects.get(project);
        return found != null && found.has(feature) ? project : "default";
    }

    /** The project, or 404 with this before the reason. */
    public Model.Project project(String name, String prefix) {
        Model.Project project = projects.get(name);
        if (project == null) {
            throw ApiError.notFound(prefix + "Project not found");
        }
        return project;
    }

    // Profiles

    public static boolean hasProfile(String name) {
        return name.equals("default");
    }

    // Images

    public void put(Model.Image image) {
        images.put(key(image.project, image.fingerprint), image);
    }

    public void remove(Model.Image image) {
        images.remove(key(image.project, image.fingerprint));
    }

    /** The image whose fingerprint begins so, as the server takes short ones. */
    public Model.@Nullable Image image(String project, String fingerprint) {
        for (Model.Image image : images(project)) {
            if (!fingerprint.isEmpty() && image.fingerprint.startsWith(fingerprint)) {
                return image;
            }
        }
        return null;
    }

    public List<Model.Image> images(String project) {
        return ofProject(images, home(project, "images"));
    }

    // Networks

    public void put(Model.Network network) {
        networks.put(key(network.project, network.name), network);
    }

    public void remove(Model.Network network) {
        networks.remove(key(network.project, network.name));
    }

    public Model.@Nullable Network network(String project, String name) {
        return networks.get(key(home(project, "networks"), name));
    }

    public List<Model.Network> networks(String project) {
        return ofProject(networks, home(project, "networks"));
    }

    // Storage

    public Model.Pool pool(String name) {
        Model.Pool pool = pools.get(name);
        if (pool == null) {
            throw ApiError.notFound("Storage pool not found");
        }
        return pool;
    }

    /** The instances that a volume is attached to, by their devices. */
    public List<Instance> users(Model.Pool pool, Model.Volume volume) {
        List<Instance> users = new ArrayList<>();
        for (Instance instance : instances.values()) {
            if (home(instance.project, "storage.volumes").equals(volume.project)
                    && instance.devices.values().stream().anyMatch(device -> is(device, pool, volume))) {
                users.add(instance);
            }
        }
        return users;
    }

    private static boolean is(Map<String, String> device, Model.Pool pool, Model.Volume volume) {
        return "disk".equals(device.get("type"))
                && pool.name.equals(device.get("pool"))
                && volume.name.equals(device.get("source"));
    }

    // Instances

    public void put(Instance instance) {
        instances.put(key(instance.project, instance.name), instance);
    }

    public void remove(Instance instance) {
        instances.remove(key(instance.project, instance.name));
    }

    @Nullable
    public Instance findInstance(String project, String name) {
        return instances.get(key(project, name));
    }

    public Instance instance(String project, String name) {
        Instance instance = findInstance(project, name);
        if (instance == null) {
            throw projects.containsKey(project)
                    ? dialect.instanceNotFound(name, project)
                    : dialect.projectOfInstanceNotFound();
        }
        return instance;
    }

    public List<Instance> instances(String project) {
        return ofProject(instances, project);
    }

    public Iterable<Instance> allInstances() {
        return instances.values();
    }

    // Uses of objects

    public List<String> usersOfPool(Model.Pool pool) {
        Set<String> urls = new TreeSet<>();
        for (Instance instance : instances.values()) {
            if (instance.devices.values().stream().anyMatch(device -> pool.name.equals(device.get("pool")))) {
                urls.add(Urls.instance(instance.name, instance.project));
            }
        }
        for (Model.Volume volume : pool.volumes.values()) {
            urls.add(Urls.volume(pool.name, volume.name) + Urls.projectSuffix(volume.project));
        }
        return List.copyOf(urls);
    }

    public List<String> usersOfNetwork(Model.Network network) {
        Set<String> urls = new TreeSet<>();
        for (Instance instance : instances.values()) {
            if (uses(instance.devices, network)) {
                urls.add(Urls.instance(instance.name, instance.project));
            }
        }
        return List.copyOf(urls);
    }

    private static boolean uses(Map<String, Map<String, String>> devices, Model.Network network) {
        return devices.values().stream()
                .anyMatch(device ->
                        network.name.equals(device.get("network")) || network.name.equals(device.get("parent")));
    }

    public List<String> usersOfProject(String project) {
        List<String> urls = new ArrayList<>();
        String suffix = Urls.projectSuffix(project);
        ofProject(instances, project).forEach(instance -> urls.add("/1.0/instances/" + instance.name + suffix));
        if (home(project, "profiles").equals(project)) {
            urls.add("/1.0/profiles/default" + suffix);
        }
        ofProject(images, project).forEach(image -> urls.add("/1.0/images/" + image.fingerprint + suffix));
        ofProject(networks, project).forEach(network -> urls.add("/1.0/networks/" + network.name + suffix));
        for (Model.Pool pool : pools.values()) {
            for (Model.Volume volume : pool.volumes.values()) {
                if (volume.project.equals(project)) {
                    urls.add(Urls.volume(pool.name, volume.name) + suffix);
                }
            }
        }
        return urls;
    }
}
