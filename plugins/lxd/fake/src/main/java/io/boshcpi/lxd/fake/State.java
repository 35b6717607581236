package io.boshcpi.lxd.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one server keeps. The state is its own lock: a handler holds it from the first look to the last change,
 * so each request sees and leaves a consistent server.
 */
final class State {
    final Dialect dialect;
    final boolean virtualMachines;
    final Map<String, String> serverConfig = new TreeMap<>();
    final Map<String, Model.Project> projects = new TreeMap<>();
    final Map<String, Model.Pool> pools = new TreeMap<>();
    final Map<String, Model.Certificate> certificates = new LinkedHashMap<>();
    private final Map<String, Model.Network> networks = new TreeMap<>();
    private final Map<String, Model.Profile> profiles = new TreeMap<>();
    private final Map<String, Model.Image> images = new TreeMap<>();
    private final Map<String, Model.Alias> aliases = new TreeMap<>();
    private final Map<String, Instance> instances = new TreeMap<>();

    State(Dialect dialect, boolean virtualMachines) {
        this.dialect = dialect;
        this.virtualMachines = virtualMachines;
        Map<String, String> features = new TreeMap<>(dialect.projectFeatures());
        features.put("features.networks", "true");
        Model.Project project = new Model.Project("default", features);
        project.description = "Default " + dialect.title() + " project";
        projects.put("default", project);
        addDefaultProfile("default");
    }

    static String now() {
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
    String home(String project, String feature) {
        Model.Project found = projects.get(project);
        return found != null && found.has(feature) ? project : "default";
    }

    /** The project, or 404 with this before the reason. */
    Model.Project project(String name, String prefix) {
        Model.Project project = projects.get(name);
        if (project == null) {
            throw ApiError.notFound(prefix + "Project not found");
        }
        return project;
    }

    void addDefaultProfile(String project) {
        Model.Profile profile = new Model.Profile("default", project);
        profile.description = "Default " + dialect.title() + " profile"
                + (project.equals("default") ? "" : " for project " + project);
        put(profile);
    }

    // Profiles

    void put(Model.Profile profile) {
        profiles.put(key(profile.project, profile.name), profile);
    }

    void remove(Model.Profile profile) {
        profiles.remove(key(profile.project, profile.name));
    }

    Model.@Nullable Profile profile(String project, String name) {
        return profiles.get(key(home(project, "profiles"), name));
    }

    List<Model.Profile> profiles(String project) {
        return ofProject(profiles, home(project, "profiles"));
    }

    // Images

    void put(Model.Image image) {
        images.put(key(image.project, image.fingerprint), image);
    }

    void remove(Model.Image image) {
        images.remove(key(image.project, image.fingerprint));
        aliases.values()
                .removeIf(alias -> alias.project.equals(image.project) && alias.target.equals(image.fingerprint));
    }

    /** The image whose fingerprint begins so, as the server takes short ones. */
    Model.@Nullable Image image(String project, String fingerprint) {
        for (Model.Image image : images(project)) {
            if (!fingerprint.isEmpty() && image.fingerprint.startsWith(fingerprint)) {
                return image;
            }
        }
        return null;
    }

    List<Model.Image> images(String project) {
        return ofProject(images, home(project, "images"));
    }

    void put(Model.Alias alias) {
        aliases.put(key(alias.project, alias.name), alias);
    }

    void remove(Model.Alias alias) {
        aliases.remove(key(alias.project, alias.name));
    }

    Model.@Nullable Alias alias(String project, String name) {
        return aliases.get(key(home(project, "images"), name));
    }

    List<Model.Alias> aliases(String project) {
        return ofProject(aliases, home(project, "images"));
    }

    // Networks

    void put(Model.Network network) {
        networks.put(key(network.project, network.name), network);
    }

    void remove(Model.Network network) {
        networks.remove(key(network.project, network.name));
    }

    Model.@Nullable Network network(String project, String name) {
        return networks.get(key(home(project, "networks"), name));
    }

    List<Model.Network> networks(String project) {
        return ofProject(networks, home(project, "networks"));
    }

    // Storage

    Model.Pool pool(String name) {
        Model.Pool pool = pools.get(name);
        if (pool == null) {
            throw ApiError.notFound("Storage pool not found");
        }
        return pool;
    }

    /** The instances that a volume is attached to, by their devices. */
    List<Instance> users(Model.Pool pool, Model.Volume volume) {
        List<Instance> users = new ArrayList<>();
        for (Instance instance : instances.values()) {
            if (home(instance.project, "storage.volumes").equals(volume.project)
                    && !devicesOf(instance, pool, volume).isEmpty()) {
                users.add(instance);
            }
        }
        return users;
    }

    /** The names of the instance's devices that are this volume. */
    static List<String> devicesOf(Instance instance, Model.Pool pool, Model.Volume volume) {
        List<String> names = new ArrayList<>();
        instance.expandedDevices.forEach((name, device) -> {
            if ("disk".equals(device.get("type"))
                    && pool.name.equals(device.get("pool"))
                    && volume.name.equals(device.get("source"))) {
                names.add(name);
            }
        });
        return names;
    }

    // Instances

    void put(Instance instance) {
        instances.put(key(instance.project, instance.name), instance);
    }

    void remove(Instance instance) {
        instances.remove(key(instance.project, instance.name));
    }

    @Nullable
    Instance findInstance(String project, String name) {
        return instances.get(key(project, name));
    }

    Instance instance(String project, String name) {
        Instance instance = findInstance(project, name);
        if (instance == null) {
            throw projects.containsKey(project)
                    ? dialect.instanceNotFound(name, project)
                    : dialect.projectOfInstanceNotFound();
        }
        return instance;
    }

    List<Instance> instances(String project) {
        return ofProject(instances, project);
    }

    Iterable<Instance> allInstances() {
        return instances.values();
    }

    /** Recomputes what the instance has from its profiles and from itself. */
    void expand(Instance instance) {
        Map<String, String> config = new TreeMap<>();
        Map<String, Map<String, String>> devices = new TreeMap<>();
        for (String name : instance.profiles) {
            Model.Profile profile = profile(instance.project, name);
            if (profile != null) {
                config.putAll(profile.config);
                devices.putAll(profile.devices);
            }
        }
        config.putAll(instance.config);
        devices.putAll(instance.devices);
        instance.expandedConfig = config;
        instance.expandedDevices = devices;
    }

    // Who uses what

    List<String> usersOfPool(Model.Pool pool) {
        Set<String> urls = new TreeSet<>();
        for (Instance instance : instances.values()) {
            if (instance.expandedDevices.values().stream().anyMatch(device -> pool.name.equals(device.get("pool")))) {
                urls.add(Urls.instance(instance.name, instance.project));
            }
        }
        for (Model.Profile profile : profiles.values()) {
            if (profile.devices.values().stream().anyMatch(device -> pool.name.equals(device.get("pool")))) {
                urls.add("/1.0/profiles/" + profile.name + Urls.projectSuffix(profile.project));
            }
        }
        for (Model.Volume volume : pool.volumes.values()) {
            urls.add(Urls.volume(pool.name, volume.name) + Urls.projectSuffix(volume.project));
        }
        return List.copyOf(urls);
    }

    List<String> usersOfNetwork(Model.Network network) {
        Set<String> urls = new TreeSet<>();
        for (Model.Profile profile : profiles.values()) {
            if (uses(profile.devices, network)) {
                urls.add("/1.0/profiles/" + profile.name + Urls.projectSuffix(profile.project));
            }
        }
        for (Instance instance : instances.values()) {
            if (uses(instance.expandedDevices, network)) {
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

    List<String> usersOfProject(String project) {
        List<String> urls = new ArrayList<>();
        String suffix = Urls.projectSuffix(project);
        ofProject(instances, project).forEach(instance -> urls.add("/1.0/instances/" + instance.name + suffix));
        ofProject(profiles, project).forEach(profile -> urls.add("/1.0/profiles/" + profile.name + suffix));
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
