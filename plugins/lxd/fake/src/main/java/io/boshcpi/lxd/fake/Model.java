package io.boshcpi.lxd.fake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The objects that the server keeps. All are guarded by the lock of {@link State}. */
final class Model {
    private Model() {}

    static final class Project {
        final String name;
        final Map<String, String> config;

        Project(String name, Map<String, String> config) {
            this.name = name;
            this.config = new TreeMap<>(config);
        }

        boolean has(String feature) {
            return "true".equals(config.get("features." + feature));
        }
    }

    static final class Image {
        final String fingerprint;
        final String project;
        final String type;
        final long size;
        final String filename;
        final String architecture;
        final String createdAt;
        final String uploadedAt;
        final GuestFiles files;
        String lastUsedAt = "0001-01-01T00:00:00Z";
        Map<String, String> properties;

        Image(String project, ImageUpload.Parsed parsed, String uploadedAt) {
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

    static final class Pool {
        final String name;
        final String driver;
        final long totalBytes;
        long usedBytes = 64L << 20;
        final Map<String, Volume> volumes = new TreeMap<>();

        /** Options of volumes that {@link DriverRules} does not know. */
        final Set<String> moreOptions;

        Pool(String name, String driver, long totalBytes, Set<String> moreOptions) {
            this.moreOptions = moreOptions;
            this.name = name;
            this.driver = driver;
            this.totalBytes = totalBytes;
        }

        boolean isFull() {
            return usedBytes >= totalBytes;
        }

        void put(Volume volume) {
            volumes.put(volume.project + "_" + volume.name, volume);
        }

        void remove(Volume volume) {
            volumes.remove(volume.project + "_" + volume.name);
        }

        @Nullable
        Volume volume(String project, String volume) {
            return volumes.get(project + "_" + volume);
        }
    }

    static final class Volume {
        final String name;
        final String project;
        final String contentType;
        final String createdAt;
        final String description;
        Map<String, String> config;
        final Map<String, Snapshot> snapshots = new LinkedHashMap<>();

        Volume(
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

    static final class Snapshot {
        final String name;
        final String createdAt;
        String description;
        final Map<String, String> config;

        Snapshot(String name, String description, Map<String, String> config, String createdAt) {
            this.name = name;
            this.description = description;
            this.config = new TreeMap<>(config);
            this.createdAt = createdAt;
        }
    }

    static final class Network {
        final String name;
        final String project;
        final String type;
        final Map<String, String> config;

        Network(String name, String project, String type, Map<String, String> config) {
            this.name = name;
            this.project = project;
            this.type = type;
            this.config = new TreeMap<>(config);
        }
    }

    /** A client's certificate, and the projects that it is restricted to. */
    record Certificate(String fingerprint, boolean restricted, List<String> projects) {}
}
