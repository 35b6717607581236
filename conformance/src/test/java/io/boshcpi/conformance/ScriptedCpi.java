package io.boshcpi.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A CPI in shell, and a stemcell for it, in a folder of a test. */
record ScriptedCpi(Path folder) {
    private static final String ANSWER = "'{\"result\":%s,\"error\":null,\"log\":\"\"}'";

    /** What prints an answer with a result. */
    static String answer(String result) {
        return "echo " + ANSWER.formatted(result);
    }

    /** An executable of these lines; {@code $request} is what came on stdin. */
    Path script(String... lines) throws IOException {
        Path script = folder.resolve("cpi");
        Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Path stemcell() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("image"), "an image");
        Files.writeString(folder.resolve("stemcell.MF"), """
                name: scripted
                version: "1"
                api_version: 3
                stemcell_formats: [scripted-tar]
                cloud_properties: {name: scripted}
                """);
        Path tarball = folder.resolve("stemcell.tgz");
        List<String> tar = List.of("tar", "-czf", tarball.toString(), "-C", folder.toString(), "stemcell.MF", "image");
        if (new ProcessBuilder(tar).inheritIO().start().waitFor() != 0) {
            throw new IOException("tar failed");
        }
        return tarball;
    }
}
