package io.boshcpi.lxd.fake.model;

import io.boshcpi.lxd.fake.guest.GuestFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The objects that the server keeps. All are guarded by the lock of {@link State}. */
public final class Model {
    private Model() {}

    public static final class Project {
        public final String name;
        public final Map<String, String> config;

        public Project(String name, Map<String, String> config) {
            this.name = name;
            this.config = new TreeMap<>(config);
        }

        public boolean has(String feature) {
            return "true".equals(config.get("features." + feature));
        }
    }

    public static final class Image {
        public final String fingerprint;
        public final String project;
        public final String type;
        public final long size;
        public final String filename;
        public final String architecture;
        public final String createdAt;
        public final String uploadedAt;
        public final GuestFiles files;
        public String lastUsedAt = "0001-01-01T00:00:00Z";
        public Map<String, String> properties;

        public Image(String project, ParsedImage parsed, String uploadedAt) {
            this.project = project;
            this.fingerprint = parsed.fingerprint();
            this.type = parsed.type();
            this.size = parsed.size();
            this.filename = parsed.filename();
            this.architecture = parsed.architecture();
            this.createdAt = parsed.createdAt();
            this.files = parsed.files();
            this.properties = new TreeMap<>(parsed.properties());
            this.uploadedAt = uploadedAt;
        }
    }

    public static final class Pool {
        public final String name;
        public final String driver;
        public final long totalBytes;
        public long usedBytes = 64L << 20;
        public final Map<String, Volume> volumes = new TreeMap<>();

        /** Options of volumes that {@code DriverRules} does not know. */
        public final Set<String> moreOptions;

        public Pool(String name, String driver, long totalBytes, Set<String> moreOptions) {
            this.moreOptions = moreOptions;
            this.name = name;
            this.driver = driver;
            this.totalBytes = totalBytes;
        }

        public boolean isFull() {
            return usedBytes >= totalBytes;
        }

        public void put(Volume volume) {
            volumes.put(volume.project + "_" + volume.name, volume);
        }

        public void remove(Volume volume) {
            volumes.remove(volume.project + "_" + volume.name);
        }

        @Nullable
        public Volume volume(String project, String volume) {
            return volumes.get(project + "_" + volume);
        }
    }

    public static final class Volume {
        public final String name;
        public final String project;
        public final String contentType;
        public final String createdAt;
        public final String description;
        public Map<String, String> config;
        public final Map<String, Snapshot> snapshots = new LinkedHashMap<>();

        public Volume(
                String name,
                String project,
                String contentType,
                String description,
                Map<String, String> config,
                String createdAt) {
            this.name = name;
            this.project = project;
            this.contentType = contentType;
            this.description = description;
            this.config = new TreeMap<>(config);
            this.createdAt = createdAt;
        }
    }

    public static final class Snapshot {
        public final String name;
        public final String createdAt;
        public String description;
        public final Map<String, String> config;

        public Snapshot(String name, String description, Map<String, String> config, String createdAt) {
            this.name = name;
            this.description = description;
            this.config = new TreeMap<>(config);
            this.createdAt = createdAt;
        }
    }

    public static final class Network {
        public final String name;
        public final String project;
        public final String type;
        public final Map<String, String> config;

        public Network(String name, String project, String type, Map<String, String> config) {
            this.name = name;
            this.project = project;
            this.type = type;
            this.config = new TreeMap<>(config);
        }
    }

    /** A client's certificate, and the projects that it is restricted to. */
    public record Certificate(String fingerprint, boolean restricted, List<String> projects) {}
}
