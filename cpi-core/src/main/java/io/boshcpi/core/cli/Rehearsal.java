package io.boshcpi.core.cli;

import io.boshcpi.core.call.Caller;
import io.boshcpi.core.call.CpiHost;
import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.Redactor;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Answers many calls in one process, each as {@link Main} would in a process of its own, so that an archive of classes
 * learns what calls need.
 *
 * <p>Each line on stdin is a configuration file, a blank, and a request; each line on stdout is the response.
 */
public final class Rehearsal {
    private Rehearsal() {}

    /** Answers until stdin ends. */
    public static void main(String[] args) throws IOException {
        OutputStream stdout = new FileOutputStream(FileDescriptor.out);
        BufferedReader stdin = new BufferedReader(
                new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8));
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        new LauncherWatch(parent.pid(), new CallLog(new FileOutputStream(FileDescriptor.err), new Redactor())).start();
        for (String line = stdin.readLine(); line != null; line = stdin.readLine()) {
            int blank = line.indexOf(' ');
            OneResponse response = new OneResponse(stdout);
            Runtime.getRuntime().addShutdownHook(response);
            response.write(answer(Path.of(line.substring(0, blank)), line.substring(blank + 1)));
        }
    }

    private static byte[] answer(Path configuration, String request) {
        Redactor redactor = new Redactor();
        CallLog log = new CallLog(new FileOutputStream(FileDescriptor.err), redactor);
        log.ofProcess();
        Caller caller = new Caller(Path.of(""), log, redactor);
        try (CpiHost host = new CpiHost(new Distribution(Path.of("")), configuration)) {
            return Main.answer(host, caller, new ByteArrayInputStream(request.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
