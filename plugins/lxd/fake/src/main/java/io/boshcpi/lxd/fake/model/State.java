package io.boshcpi.lxd.fake.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one server keeps. The state is its own lock: a handler holds it from the first look to the last
 * change, so each request sees and leaves a consistent server.
 */
public final class State {
    public final Dialect dialect;
    public final Map<String, Model.Project> projects = new TreeMap<>();
    public final Map<String, Model.Pool> pools = new TreeMap<>();
    public final Map<String, Model.Certificate> certificates = new TreeMap<>();
    public final Store<Model.Network> networks = new Store<>();
    public final Store<Model.Image> images = new Store<>();
    /** Names of images, each with the fingerprint that it stands for. */
    public final Map<String, String> aliases = new TreeMap<>();

    public final Cluster cluster = new Cluster();

    public final Store<Instance> instances = new Store<>();

    /** How long copies of volumes take. */
    public Duration copyTime = Duration.ZERO;

    /** Why the next starts of containers fail. */
    public final Queue<String> startFailures = new ConcurrentLinkedQueue<>();

    public State(Dialect dialect) {
        this.dialect = dialect;
        addProject("default", Map.of("features.networks", "true"));
    }

    public static String now() {
        return Instant.now().toString();
    }

    /** Adds a project with the features that a new one has, unless the configuration says otherwise. */
    public void addProject(String name, Map<String, String> config) {
        Map<String, String> all = new TreeMap<>();
        for (String feature : List.of("images", "profiles", "storage.volumes")) {
            all.put("features." + feature, "true");
        }
        if (dialect == Dialect.INCUS) {
            all.put("features.storage.buckets", "true");
        }
        all.putAll(config);
        projects.put(name, new Model.Project(name, all));
    }

    /** The project, or 404 with this before the reason. */
    public Model.Project project(String name, String prefix) {
        Model.Project project = projects.get(name);
        if (project == null) {
            throw ApiError.notFound(prefix + "Project not found");
        }
        return project;
    }

    /** Where objects of this feature live: in the project itself or, where it lacks the feature, in the default one. */
    public String home(String project, String feature) {
        Model.Project found = projects.get(project);
        return found != null && found.has(feature) ? project : "default";
    }

    /** The aliases of an image, as the server lists them. */
    public List<JsonObject> aliasesOf(String fingerprint) {
        return aliases.entrySet().stream()
                .filter(alias -> alias.getValue().equals(fingerprint))
                .map(alias -> JsonObject.of("name", alias.getKey()).and("description", ""))
                .toList();
    }

    /** The image whose fingerprint begins so, as the server takes short ones. */
    public Model.@Nullable Image image(String project, String fingerprint) {
        return images.of(home(project, "images")).stream()
                .filter(image -> !fingerprint.isEmpty() && image.fingerprint().startsWith(fingerprint))
                .findFirst()
                .orElse(null);
    }

    public Model.@Nullable Network network(String project, String name) {
        return networks.get(home(project, "networks"), name);
    }

    public Model.Pool pool(String name) {
        Model.Pool pool = pools.get(name);
        if (pool == null) {
            throw ApiError.notFound("Storage pool not found");
        }
        return pool;
    }

    public Instance instance(String project, String name) {
        Instance instance = instances.get(project, name);
        if (instance == null) {
            throw ApiError.notFound(dialect.choose(
                    "Instance not found",
                    projects.containsKey(project)
                            ? "Failed to fetch instance \"" + name + "\" in project \"" + project
                                    + "\": Instance not found"
                            : "Project not found"));
        }
        return instance;
    }

    /** The URLs of the instances that a volume is attached to, by their devices. */
    public List<String> users(Model.Pool pool, Model.Volume volume) {
        return instancesWith(
                instance -> home(instance.project, "storage.volumes").equals(volume.project()),
                device -> "disk".equals(device.get("type"))
                        && pool.name().equals(device.get("pool"))
                        && volume.name().equals(device.get("source")));
    }

    /** The URLs of the instances with an interface on the network. */
    public List<String> users(Model.Network network) {
        return instancesWith(
                instance -> true,
                device -> network.name().equals(device.get("network"))
                        || network.name().equals(device.get("parent")));
    }

    private List<String> instancesWith(Predicate<Instance> ofInstance, Predicate<Map<String, String>> ofDevice) {
        return instances.all().stream()
                .filter(ofInstance)
                .filter(instance -> instance.devices.values().stream().anyMatch(ofDevice))
                .map(instance -> Urls.instance(instance.name, instance.project))
                .toList();
    }

    /** The URLs of what is in a project. */
    public List<String> contents(String project) {
        List<String> urls = new ArrayList<>();
        instances.of(project).forEach(instance -> urls.add("/1.0/instances/" + instance.name));
        if (home(project, "profiles").equals(project)) {
            urls.add("/1.0/profiles/default");
        }
        images.of(project).forEach(image -> urls.add("/1.0/images/" + image.fingerprint()));
        networks.of(project).forEach(network -> urls.add("/1.0/networks/" + network.name()));
        for (Model.Pool pool : pools.values()) {
            pool.volumes().of(project).forEach(volume -> urls.add(Urls.volume(pool.name(), volume.name())));
        }
        urls.replaceAll(url -> url + Urls.projectSuffix(project));
        return urls;
    }
}
