package io.boshcpi.lxd.fake.model;

import io.boshcpi.lxd.fake.guest.GuestFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The objects that the server keeps, beside {@link Instance}s. All are guarded by the lock of {@link State}. */
public final class Model {
    private Model() {}

    public record Project(String name, Map<String, String> config) {
        public boolean has(String feature) {
            return "true".equals(config.get("features." + feature));
        }
    }

    public record Image(
            String fingerprint,
            String type,
            long size,
            String filename,
            String architecture,
            Map<String, String> properties,
            GuestFiles files,
            String uploadedAt) {
        public Image withProperties(Map<String, String> changed) {
            return new Image(fingerprint, type, size, filename, architecture, changed, files, uploadedAt);
        }
    }

    /**
     * A storage pool.
     *
     * @param moreOptions the options of volumes, if {@code DriverRules} does not know the driver
     */
    public record Pool(
            String name,
            String driver,
            long totalBytes,
            long usedBytes,
            Set<String> moreOptions,
            Store<Volume> volumes) {
        public Pool(String name, String driver, long totalBytes, Set<String> moreOptions) {
            this(name, driver, totalBytes, 64L << 20, moreOptions, new Store<>());
        }

        public Pool full() {
            return new Pool(name, driver, totalBytes, totalBytes, moreOptions, volumes);
        }
    }

    /**
     * A custom volume.
     *
     * @param snapshots in the order in which they were taken
     */
    public record Volume(
            String name,
            String project,
            String contentType,
            String description,
            String location,
            Map<String, String> config,
            Map<String, Snapshot> snapshots) {
        /** One without snapshots and without a cluster. */
        public static Volume of(
                String name, String project, String contentType, String description, Map<String, String> config) {
            return new Volume(name, project, contentType, description, "none", config, new LinkedHashMap<>());
        }

        public Volume withConfig(Map<String, String> changed) {
            return new Volume(name, project, contentType, description, location, changed, snapshots);
        }

        /** The same with another name. */
        public Volume named(String other) {
            return new Volume(other, project, contentType, description, location, config, snapshots);
        }

        /** The same on a member of the cluster. */
        public Volume at(String member) {
            return new Volume(name, project, contentType, description, member, config, snapshots);
        }

        public String etag() {
            return Json.etag(name, config, description);
        }
    }

    public record Snapshot(String name, String description, Map<String, String> config) {}

    public record Network(String name, String project, String type, Map<String, String> config) {}

    /** A client's certificate, and the projects that it is restricted to. */
    public record Certificate(String fingerprint, boolean restricted, List<String> projects) {}
}
