package io.boshcpi.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** The files of this repository that are not Java. */
public final class Repository {
    private static final Path RELEASE = Path.of("").toAbsolutePath();

    private Repository() {}

    static Path release() {
        return RELEASE;
    }

    public static Path root() {
        return RELEASE.resolveSibling("");
    }

    public static Path manifests() {
        return RELEASE.resolveSibling("manifests");
    }

    static Path job() {
        return RELEASE.resolve("jobs/lxd_cpi");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one document of a YAML file. */
    public static Object yaml(Path file) {
        return new Yaml().load(read(file));
    }

    @SuppressWarnings("unchecked") // A mapping of YAML whose keys are strings, as all of ours are.
    public static Map<String, @Nullable Object> hash(@Nullable Object value) {
        if (!(value instanceof Map)) {
            throw new AssertionError("No hash: " + value);
        }
        return (Map<String, @Nullable Object>) value;
    }

    @SuppressWarnings("unchecked")
    public static List<@Nullable Object> list(@Nullable Object value) {
        if (!(value instanceof List)) {
            throw new AssertionError("No list: " + value);
        }
        return (List<@Nullable Object>) value;
    }

    /** The properties of the job's spec. */
    public static Map<String, @Nullable Object> jobProperties() {
        return hash(hash(yaml(job().resolve("spec"))).get("properties"));
    }
}
