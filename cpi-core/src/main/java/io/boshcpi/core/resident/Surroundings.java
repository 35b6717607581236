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
 * What a loaded host depends on, at one moment: the configuration file and the files in the folders of plugins. Two are
 * equal if nothing has changed between them.
 */
record Surroundings(String configuration, List<Map<String, String>> plugins) {
    static Surroundings of(Path configuration, List<Path> folders) {
        List<Map<String, String>> plugins = new ArrayList<>();
        for (Path folder : folders) {
            plugins.add(files(folder));
        }
        return new Surroundings(FileState.of(configuration), plugins);
    }

    /** A folder that is not there has no files; what that means for the plugins is for the host to say. */
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
