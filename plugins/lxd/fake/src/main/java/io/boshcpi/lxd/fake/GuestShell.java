package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.client.model.GuestFile;
import io.boshcpi.lxd.client.session.InstanceFiles;
import io.boshcpi.lxd.client.session.LxdSession;
import java.util.ArrayList;
import java.util.List;

/** Commands in real guests with their output, which the client itself never asks for. The guest needs a shell. */
public final class GuestShell {
    private static final String STDOUT = "/.it-stdout";
    private static final String STDERR = "/.it-stderr";
    private static final String REDIRECTED = "\"$@\" > " + STDOUT + " 2> " + STDERR;

    private GuestShell() {}

    /** How a command ended, and what it wrote. */
    public record Result(int exitCode, String stdout, String stderr) {}

    /** Runs the command, and brings back its output. */
    public static Result exec(LxdSession lxd, String instance, List<String> command) {
        List<String> redirected = new ArrayList<>(List.of("/bin/sh", "-c", REDIRECTED, "sh"));
        redirected.addAll(command);
        int exitCode = lxd.instances().run(instance, redirected);
        InstanceFiles files = lxd.instances().files(instance);
        return new Result(exitCode, text(files, STDOUT), text(files, STDERR));
    }

    private static String text(InstanceFiles files, String path) {
        return files.read(path).map(GuestFile::text).orElse("");
    }
}
