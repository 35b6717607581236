package io.boshcpi.core.resident;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The state of the files that a host is loaded from: the configuration and the files in the folders of plugins. Two are
 * equal if nothing has changed between them.
 */
record HostInputs(String configuration, List<Map<String, String>> plugins) {
    static HostInputs of(Path configuration, List<Path> folders) {
        List<Map<String, String>> plugins = new ArrayList<>();
        for (Path folder : folders) {
            plugins.add(files(folder));
        }
        return new HostInputs(FileState.of(configuration), plugins);
    }

    /** A missing folder has no files; the host reports it when it loads. */
    private static Map<String, String> files(Path folder) {
        Map<String, String> states = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                states.put(entry.toString(), FileState.ofOwn(entry));
            }
        } catch (IOException e) {
            states.put(folder.toString(), "");
        }
        return states;
    }
}
