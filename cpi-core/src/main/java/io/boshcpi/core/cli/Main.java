package io.boshcpi.core.cli;

import io.boshcpi.core.call.Caller;
import io.boshcpi.core.call.CpiHost;
import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.LogLevel;
import io.boshcpi.core.log.LogStream;
import io.boshcpi.core.log.Redactor;
import io.boshcpi.core.rpc.CpiResponse;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One call in a process of its own: the request on stdin, one response to the launcher, the log on stderr.
 *
 * <p>The launcher has changed into the distribution's folder, and says in a property which folder the caller was in. It
 * passes {@code --config FILE} or {@code --config=FILE} and nothing else; what people type goes to {@link Commands}.
 */
public final class Main {
    /** The folder that the caller was in. */
    static final String CALLER_FOLDER = "cpi.caller.dir";

    /** Where the response goes, by the name of a file; the launcher sets it. */
    private static final String RESPONSE = "cpi.response";

    /** The process that waits for the response; the launcher sets it. */
    private static final String LAUNCHER = "cpi.launcher.pid";

    private Main() {}

    /** Otherwise the JDK searches each jar of the class path for a provider. */
    private static final String SELECTOR_PROVIDER = "java.nio.channels.spi.SelectorProvider";

    /** Answers the call on stdin and ends the process: with status 0 whenever a response was written. */
    public static void main(String[] args) throws IOException {
        OneResponse response = response();
        Runtime.getRuntime().addShutdownHook(response);
        Redactor redactor = new Redactor();
        CallLog log = new CallLog(new FileOutputStream(FileDescriptor.err), redactor);
        log.ofProcess();
        Long launcher = Long.getLong(LAUNCHER);
        LauncherWatch watch = launcher == null ? null : new LauncherWatch(launcher, log);
        if (watch != null) {
            watch.start();
        }
        PrintStream strayPrints = new PrintStream(new LogStream(log, LogLevel.INFO), false, StandardCharsets.UTF_8);
        System.setOut(strayPrints);
        System.setErr(strayPrints);

        if ("Linux".equals(System.getProperty("os.name"))) {
            System.setProperty(SELECTOR_PROVIDER, "sun.nio.ch.EPollSelectorProvider");
        }
        Path callerFolder = Path.of(System.getProperty(CALLER_FOLDER, ""));
        Caller caller = new Caller(callerFolder, log, redactor);
        CpiHost host = new CpiHost(new Distribution(Path.of("")), callerFolder.resolve(config(args)));
        response.write(answer(host, caller, System.in));
        close(host, log);
        if (watch != null) {
            watch.answered();
        }
        if (othersRun()) {
            System.exit(0);
        }
    }

    /**
     * Opens the launcher's pipe: a child process of a plugin inherits stdout, which therefore is the log. The property is
     * not there for those who read stdout themselves.
     */
    private static OneResponse response() throws IOException {
        String pipe = System.getProperty(RESPONSE);
        return pipe == null
                ? new OneResponse(new FileOutputStream(FileDescriptor.out))
                : new OneResponse(new FileOutputStream(pipe), new byte[] {'.'});
    }

    /**
     * Whether a thread that a plugin left behind keeps the process alive. If not, the main thread just returns: since
     * Java 21, {@code System.exit} looks for a logger, which takes a third of a cold call.
     */
    private static boolean othersRun() {
        Thread[] threads = new Thread[Thread.activeCount() + 8];
        int count = Thread.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (threads[i] != Thread.currentThread() && !threads[i].isDaemon()) {
                return true;
            }
        }
        return false;
    }

    private static String config(String[] args) {
        String first = args.length == 0 ? "" : args[0];
        return first.startsWith("--config=") ? first.substring("--config=".length()) : args[args.length - 1];
    }

    static byte[] answer(CpiHost host, Caller caller, InputStream stdin) {
        try {
            return read(stdin, host, caller).toBytes();
        } catch (Throwable e) {
            logLast(caller.log(), e);
            return CpiResponse.lastResort();
        }
    }

    private static void logLast(CallLog log, Throwable thrown) {
        try {
            log.log(LogLevel.ERROR, "The call could not be answered:", thrown);
        } catch (Throwable e) {
            // There is no memory for a line of log; the response needs none.
        }
    }

    /** Reads all of stdin in any case: a Director whose request is not read sees a broken pipe and no answer. */
    private static CpiResponse read(InputStream stdin, CpiHost host, Caller caller) throws IOException {
        byte[] request = stdin.readNBytes(CpiHost.MAX_REQUEST_BYTES + 1);
        stdin.transferTo(OutputStream.nullOutputStream());
        return host.answer(request, caller);
    }

    /** The answer is out; what fails now can only be logged. */
    private static void close(CpiHost host, CallLog log) {
        try {
            host.close();
        } catch (RuntimeException | LinkageError e) {
            log.log(LogLevel.WARN, "The plugins could not be stopped:", e);
        }
    }
}
