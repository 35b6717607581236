package io.boshcpi.lxd.fake.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of the two servers is imitated, and every difference between them that FakeLxd knows. The texts and codes are
 * those of LXD 5.0.2 and Incus 6.0.4 as recorded.
 */
public enum Dialect {
    LXD("lxd", "5.0.2", "X-LXD-", "LXD", "00:16:3e"),
    INCUS("incus", "6.0.4", "X-Incus-", "Incus", "10:66:6a");

    private static final String NEVER = "0001-01-01T00:00:00Z";

    private final String server;
    private final String version;
    private final String headerPrefix;
    private final String title;
    private final String macPrefix;

    Dialect(String server, String version, String headerPrefix, String title, String macPrefix) {
        this.server = server;
        this.version = version;
        this.headerPrefix = headerPrefix;
        this.title = title;
        this.macPrefix = macPrefix;
    }

    /** The dialect of that name, {@code "lxd"} or {@code "incus"}. */
    public static Dialect of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** What {@code environment.server} says. */
    public String server() {
        return server;
    }

    public String version() {
        return version;
    }

    /** {@code X-LXD-} or {@code X-Incus-}: headers of the other prefix are ignored without a word. */
    public String headerPrefix() {
        return headerPrefix;
    }

    public String title() {
        return title;
    }

    public String macPrefix() {
        return macPrefix;
    }

    public String stateDirectory() {
        return "/var/lib/" + server;
    }

    private boolean lxd() {
        return this == LXD;
    }

    // Operations

    @Nullable
    public Object noResources() {
        return lxd() ? null : Map.of();
    }

    /** The resources of an operation on an instance. LXD repeats containers under their old name. */
    public Map<String, Object> instanceResources(String name, String project, boolean container) {
        Map<String, Object> resources = new LinkedHashMap<>();
        if (lxd() && container) {
            resources.put("containers", List.of("/1.0/containers/" + name));
        }
        String suffix = lxd() ? "" : Urls.projectSuffix(project);
        resources.put("instances", List.of("/1.0/instances/" + name + suffix));
        return resources;
    }

    /** Incus, too, names the container of a command twice, though under its new address. */
    public Map<String, Object> commandResources(String name, String project, boolean container) {
        Map<String, Object> resources = instanceResources(name, project, container);
        if (!lxd() && container) {
            resources.put("containers", resources.get("instances"));
        }
        return resources;
    }

    public Map<String, Object> newSnapshotResources(String pool, String volume, String snapshot) {
        String url = Urls.volume(pool, volume);
        return lxd()
                ? JsonObject.of("storage_volumes", List.of("/1.0/storage_volumes/" + volume))
                : oldSnapshotResources(pool, volume, snapshot).and("storage_volumes", List.of(url));
    }

    public JsonObject oldSnapshotResources(String pool, String volume, String snapshot) {
        String url = lxd()
                ? "/1.0/storage_volume_snapshots/" + volume
                : Urls.volume(pool, volume) + "/snapshots/" + snapshot;
        return JsonObject.of("storage_volume_snapshots", List.of(url));
    }

    // Instances

    public ApiError instanceNotFound(String name, String project) {
        return ApiError.notFound(
                lxd()
                        ? "Instance not found"
                        : "Failed to fetch instance \"" + name + "\" in project \"" + project
                                + "\": Instance not found");
    }

    /** LXD looks for the instance and says so; Incus looks for the project first. */
    public ApiError projectOfInstanceNotFound() {
        return ApiError.notFound(lxd() ? "Instance not found" : "Project not found");
    }

    public ApiError instanceExists() {
        return ApiError.internal("Failed creating instance record: Add instance info to the database: "
                + (lxd()
                        ? "This \"instances\" entry already exists"
                        : "Failed to create \"instances\" entry: UNIQUE constraint failed: instances.project_id,"
                                + " instances.name"));
    }

    public String initialising() {
        return "Failed creating instance record: Failed " + (lxd() ? "initialising" : "initializing") + " instance: ";
    }

    public ApiError unknownDeviceType(String type) {
        return ApiError.internal("Invalid device type " + (lxd() ? type : "\"" + type + "\""));
    }

    /** The key for the API inside the guest; each server refuses the other's. */
    public String foreignGuestApiKey() {
        return lxd() ? "security.guestapi" : "security.devlxd";
    }

    /** LXD takes an instance for running as soon as its start begins, Incus when it has ended. */
    public boolean runsWhileStarting() {
        return lxd();
    }

    /** How a volume that is being made is called in an error. */
    public String newVolume(String project, String volume) {
        return lxd() ? project + "_" + volume : volume;
    }

    public boolean allowsLeadingDigit() {
        return !lxd();
    }

    public ApiError shutdownFailed() {
        return ApiError.internal("Failed shutting down instance, status is \"Running\": "
                + (lxd() ? "shutting down the container failed" : "context deadline exceeded"));
    }

    public ApiError dnsNameConflict(String instance, String device, String other) {
        return ApiError.conflict("Instance DNS name \"" + instance + "\" "
                + (lxd()
                        ? "already used on network"
                        : "conflict between \"" + device + "\" and \"" + other
                                + "\" because both are connected to same network"));
    }

    // Recorded output of commands

    // Images

    public ApiError imageNotFoundOnGet(String fingerprint) {
        return ApiError.notFound(lxd() ? "Image not found" : "Image \"" + fingerprint + "\" not found");
    }

    public String imageNeverExpires() {
        return lxd() ? "1970-01-01T00:00:00Z" : NEVER;
    }

    // Storage

    /** Incus keeps the time at which a volume was made, LXD 5.0.2 does not. */
    public String volumeCreatedAt(String now) {
        return lxd() ? NEVER : now;
    }

    public boolean knowsVolumeOwner() {
        return !lxd();
    }

    /** What a list of the snapshots of a missing volume holds. */
    public List<Object> snapshotsOfMissingVolume() {
        if (lxd()) {
            return List.of();
        }
        throw ApiError.notFound("Storage pool volume not found");
    }

    // Networks and projects

    /** Unused pools and networks: LXD has no list then. */
    @Nullable
    public List<String> users(List<String> users) {
        return lxd() && users.isEmpty() ? null : users;
    }

    public ApiError networkExists(String name) {
        return lxd()
                ? ApiError.badRequest("The network already exists")
                : ApiError.conflict("Network \"" + name + "\" already exists");
    }

    public ApiError projectExists(String name) {
        String prefix = "Failed creating project \"" + name + "\": Failed adding database record: ";
        return lxd()
                ? ApiError.conflict(prefix + "This \"projects\" entry already exists")
                : ApiError.internal(
                        prefix + "Failed to create \"projects\" entry: UNIQUE constraint failed: projects.name");
    }

    /** Whether the object with this address hinders the deletion of its project. */
    public boolean keepsProject(String url) {
        return !url.startsWith("/1.0/profiles/") && !(lxd() && url.startsWith("/1.0/storage-pools/"));
    }

    public String projectNotEmpty() {
        return "Only empty projects can be removed" + (lxd() ? "" : ".");
    }

    public Map<String, String> projectFeatures() {
        Map<String, String> features = new LinkedHashMap<>();
        features.put("features.images", "true");
        features.put("features.profiles", "true");
        if (!lxd()) {
            features.put("features.storage.buckets", "true");
        }
        features.put("features.storage.volumes", "true");
        return features;
    }

    /** Images, networks and profiles name their project in Incus only. */
    public Map<String, Object> withProject(Map<String, Object> object, String project) {
        if (!lxd()) {
            object.put("project", project);
        }
        return object;
    }

    // Trust

    public ApiError forbiddenProject(String project, boolean list) {
        if (lxd()) {
            return new ApiError(403, "not authorized");
        }
        return list
                ? ApiError.internal("User does not have permissions for project \"" + project + "\"")
                : new ApiError(403, "User does not have permission for project \"" + project + "\"");
    }

    public ApiError restricted() {
        return new ApiError(403, lxd() ? "not authorized" : "Certificate is restricted");
    }

    public boolean restrictedMayListPools() {
        return lxd();
    }
}
