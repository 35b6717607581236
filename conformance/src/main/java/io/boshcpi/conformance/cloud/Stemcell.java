package io.boshcpi.conformance.cloud;

import io.boshcpi.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A stemcell, unpacked as both callers unpack it.
 *
 * @param image the file that {@code create_stemcell} is given
 * @param apiVersion the version of the agent's contract; 2 if the manifest has none
 * @param formats empty if the manifest has none, which fits every CPI
 */
public record Stemcell(Path image, Map<String, ?> properties, int apiVersion, List<String> formats) {
    private static final int DEFAULT_VERSION = 2;

    /** Unpacks a tarball into a folder. */
    public static Stemcell unpack(Path tarball, Path folder) {
        try {
            Files.createDirectories(folder);
            tar(tarball, folder);
            Path image = folder.resolve("image");
            if (!Files.isRegularFile(image)) {
                throw new SettingsException(tarball + " is no stemcell: it has no file image");
            }
            return of(image, manifest(tarball, folder.resolve("stemcell.MF")));
        } catch (IOException e) {
            throw new SettingsException(tarball + " cannot be unpacked: " + e.getMessage());
        }
    }

    /** A stemcell whose manifest is read already. */
    static Stemcell of(Path image, Map<String, ?> manifest) {
        List<String> formats = new ArrayList<>();
        for (Object format : manifest.get("stemcell_formats") instanceof List<?> list ? list : List.of()) {
            formats.add(String.valueOf(format));
        }
        int version = manifest.get("api_version") instanceof Integer number ? number : DEFAULT_VERSION;
        return new Stemcell(image, Json.members(manifest.get("cloud_properties")), version, formats);
    }

    private static void tar(Path tarball, Path folder) throws IOException {
        Process tar = new ProcessBuilder("tar", "-xf", tarball.toString(), "-C", folder.toString())
                .redirectErrorStream(true)
                .start();
        tar.getOutputStream().close();
        try (InputStream messages = tar.getInputStream()) {
            String said = new String(messages.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (tar.waitFor() != 0) {
                throw new SettingsException(tarball + " cannot be unpacked: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SettingsException("Unpacking " + tarball + " was interrupted");
        }
    }

    private static Map<String, ?> manifest(Path tarball, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new SettingsException(tarball + " is no stemcell: it has no file stemcell.MF");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Json.members(new Yaml(new SafeConstructor(new LoaderOptions())).<@Nullable Object>load(in));
        } catch (YAMLException e) {
            throw new SettingsException("stemcell.MF of " + tarball + " is no YAML: " + e.getMessage());
        }
    }

    /** Its cloud properties with those that override them. */
    Map<String, ?> propertiesWith(Map<String, ?> overriding) {
        Map<String, Object> merged = new LinkedHashMap<>(properties);
        merged.putAll(overriding);
        return merged;
    }
}
