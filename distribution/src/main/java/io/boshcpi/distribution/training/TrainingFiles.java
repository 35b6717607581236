package io.boshcpi.distribution.training;

import io.boshcpi.core.rpc.Documents;
import io.boshcpi.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a product is trained with: {@code calls.jsonl}, the {@link Script}; {@code recording.jsonl}, the exchanges with
 * the server; {@code generated-ids}, a regular expression a line; {@code image}, a stemcell; and in
 * {@code configurations} the files with each of which all calls are made.
 *
 * @param folder the folder with these files
 */
record TrainingFiles(Path folder) {
    Script script() throws IOException {
        return new Script(Files.readAllLines(folder.resolve("calls.jsonl")));
    }

    GeneratedIds generatedIds() throws IOException {
        return new GeneratedIds(Files.readAllLines(folder.resolve("generated-ids")));
    }

    /** What stands in the calls for the images of stemcells, by name. */
    Map<String, String> images() {
        return Map.of(
                "image", folder.resolve("image").toAbsolutePath().toString(),
                "machine_image",
                        folder.resolve("machine-image").toAbsolutePath().toString());
    }

    Path recordingFile() {
        return folder.resolve("recording.jsonl");
    }

    List<Exchange> recording() throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        for (String line : Files.readAllLines(recordingFile())) {
            exchanges.add(Exchange.parse(line));
        }
        return exchanges;
    }

    List<Path> configurations() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("configurations"))) {
            return files.sorted().toList();
        }
    }

    /** Writes a configuration with variables in place of their names. */
    static Path write(Path configuration, Map<String, String> variables, Path folder) throws IOException {
        Object json = Documents.read("A configuration", Files.readAllBytes(configuration));
        return Files.writeString(
                folder.resolve(configuration.getFileName()), Json.write(Script.resolved(json, variables)));
    }
}
