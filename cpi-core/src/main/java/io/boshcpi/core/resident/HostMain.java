package io.boshcpi.core.resident;

import io.boshcpi.core.call.ExitCall;
import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.LogLevel;
import io.boshcpi.core.log.LogStream;
import io.boshcpi.core.log.Redactor;
import io.boshcpi.core.status.HostStatus;
import io.boshcpi.core.status.StatusSource;
import io.boshcpi.spi.CpiException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The process of the resident host: {@code --config FILE [--socket PATH]}.
 *
 * <p>It runs in the foreground; what concerns no single call is logged to stderr. SIGTERM and SIGINT end it with status 0
 * after the calls under way are answered. It does not start with an unusable configuration or plugin.
 */
public final class HostMain {
    private static final String CALLER_FOLDER = "cpi.caller.dir";

    /** How long other calls may go on once a plugin has ended the process. */
    private static final Duration EXIT_GRACE = Duration.ofSeconds(5);

    private HostMain() {}

    /** Serves until a signal ends it. */
    public static void main(String[] args) {
        CallLog log = new CallLog(new FileOutputStream(FileDescriptor.err), new Redactor());
        log.ofProcess();
        log.requestId("host");
        PrintStream strayPrints = new PrintStream(new LogStream(log, LogLevel.INFO), false, StandardCharsets.UTF_8);
        System.setOut(strayPrints);
        System.setErr(strayPrints);
        try {
            serve(log, args);
        } catch (IOException | CpiException | IllegalArgumentException e) {
            log.log(LogLevel.ERROR, String.valueOf(e.getMessage()));
            Runtime.getRuntime().halt(1);
        }
    }

    private static void serve(CallLog log, String[] args) throws IOException {
        Path folder = Path.of(System.getProperty(CALLER_FOLDER, ""));
        Path configuration = folder.resolve(option(args, "--config", "")).toRealPath();
        Path home = Path.of("").toRealPath();
        Distribution distribution = new Distribution(home);
        Hosts hosts = new Hosts(distribution, configuration, log);
        hosts.load();
        Doorkeeper doorkeeper =
                new Doorkeeper(Files.readString(distribution.buildFile()), home.toString(), configuration);
        Path path = folder.resolve(option(args, "--socket", defaultSocket(distribution)));
        Calls calls = new Calls(hosts, log);
        HostStatus.Identity identity = new HostStatus.Identity(
                distribution.product().version(),
                distribution.buildId(),
                ProcessHandle.current().pid(),
                configuration,
                path.toAbsolutePath());
        StatusSource source = new StatusSource(identity, calls.metrics());
        Supplier<HostStatus> status = () -> source.now(calls.queue(), hosts.openConfigurations());
        Listener listener = new Listener(SocketFile.at(path), doorkeeper, calls, new StatusDesk(status, log), log);
        endWithSignal(listener, log);
        log.log(LogLevel.INFO, "Listening at " + path + " for calls with " + configuration);
        try (MetricsFile metrics = new MetricsFile(configuration, status, log)) {
            metrics.start();
            listener.run();
        }
        hosts.close();
        log.log(LogLevel.INFO, "All calls are answered");
        Runtime.getRuntime().halt(0);
    }

    private static String defaultSocket(Distribution distribution) {
        String named = System.getenv("CPI_HOST_SOCKET");
        return named == null || named.isEmpty()
                ? distribution.product().socket().toString()
                : named;
    }

    private static String option(String[] args, String name, String otherwise) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals(name) && i + 1 < args.length) {
                return args[i + 1];
            } else if (args[i].startsWith(name + "=")) {
                return args[i].substring(name.length() + 1);
            }
        }
        if (otherwise.isEmpty()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return otherwise;
    }

    /**
     * The JVM ends with 143 once its hooks are done; so the hook waits, and the main thread ends the process.
     *
     * <p>A plugin that calls {@code System.exit} waits for the hook itself, so its call never ends and neither does the
     * main thread. Then the hook waits only as long as other calls may need, and the JVM ends with the plugin's status.
     */
    private static void endWithSignal(Listener listener, CallLog log) {
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            listener.stop();
            String exit = ExitCall.place();
            if (exit != null) {
                log.log(
                        LogLevel.ERROR,
                        exit + " called System.exit, which ends the host. Other calls have " + EXIT_GRACE.toSeconds()
                                + " s; the outcome of that call is unknown");
            }
            try {
                main.join(exit == null ? 0 : EXIT_GRACE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}
