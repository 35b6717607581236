package io.boshcpi.core.call;

import io.boshcpi.core.action.Action;
import io.boshcpi.core.action.Actions;
import io.boshcpi.core.config.Configuration;
import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.LogLevel;
import io.boshcpi.core.log.MaskedCopy;
import io.boshcpi.core.log.OperatorText;
import io.boshcpi.core.log.Redactor;
import io.boshcpi.core.plugin.PluginTime;
import io.boshcpi.core.plugin.ProviderSpec;
import io.boshcpi.core.rpc.Arguments;
import io.boshcpi.core.rpc.CpiRequest;
import io.boshcpi.core.rpc.CpiResponse;
import io.boshcpi.json.Json;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.ErrorType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls. Whatever happens in a call, it ends in exactly one response.
 *
 * <p>Calls may run in parallel; each has its own log and its own secrets. Plugins and clouds are shared.
 */
public final class CpiHost implements AutoCloseable {
    /** Many times what BOSH sends; a request that is larger is an accident and must not exhaust the memory. */
    public static final int MAX_REQUEST_BYTES = 8 << 20;

    private final Distribution distribution;
    private final Path configurationFile;
    private final Clouds clouds = new Clouds();
    private volatile @Nullable Plugins plugins;

    /**
     * A host that has loaded nothing yet.
     *
     * @param distribution what it runs from
     * @param configurationFile the job's {@code cpi.json}
     */
    public CpiHost(Distribution distribution, Path configurationFile) {
        this.distribution = distribution;
        this.configurationFile = configurationFile;
    }

    /**
     * Answers one call.
     *
     * @param request what stood on stdin
     */
    public CpiResponse answer(byte[] request, Caller caller) {
        long start = System.nanoTime();
        CallLog.Binding binding = caller.log().bind();
        try {
            CpiResponse response = response(request, caller, start);
            caller.log().log(LogLevel.INFO, outcome(response, (System.nanoTime() - start) / 1_000_000));
            return response;
        } finally {
            PluginTime.unbind();
            binding.close();
        }
    }

    private CpiResponse response(byte[] bytes, Caller caller, long start) {
        if (bytes.length > MAX_REQUEST_BYTES) {
            return CpiResponse.failed(
                    ErrorType.CPI_ERROR, "The request is larger than " + MAX_REQUEST_BYTES + " bytes", false);
        }
        try {
            CpiRequest request = CpiRequest.parse(bytes);
            learnSecrets(request, caller.redactor());
            caller.log().requestId(request.id());
            CallWatch watch = caller.watch();
            if (watch != null) {
                watch.received(request.method(), caller.log().requestId());
            }
            return CpiResponse.of(serve(request, caller, start));
        } catch (CpiException e) {
            return expected(e, caller);
        } catch (Throwable e) {
            return unexpected(e, caller);
        }
    }

    private static String outcome(CpiResponse response, long millis) {
        CpiResponse.Failure error = response.error();
        return error == null
                ? "Done in " + millis + " ms"
                : "Failed in " + millis + " ms: " + error.type().wireName() + ": " + error.message();
    }

    private static void learnSecrets(CpiRequest request, Redactor redactor) {
        redactor.learn(request.arguments());
        redactor.learn(request.context());
    }

    private @Nullable Object serve(CpiRequest request, Caller caller, long start) {
        Configuration file = Configuration.read(configurationFile);
        caller.redactor().learn(file.asMap());
        caller.log().level(file.logLevel());
        PluginTime.bind(file.pluginTimeout(), Deadline.in(file.callTimeout()));
        Plugins known = plugins(file.pluginFolders());
        Map<String, ProviderSpec> providers = known.providers();
        Configuration configuration = file.forCall(request.context(), providers.keySet(), known.ids());
        caller.log().level(configuration.logLevel());
        caller.log().log(LogLevel.INFO, request.toString());
        CallLog.phase("Reading the request and the configuration", start);
        if (caller.log().isEnabled(LogLevel.DEBUG)) {
            caller.log().log(LogLevel.DEBUG, "Arguments: " + Json.write(MaskedCopy.of(request.arguments())));
        }
        for (String warning : Configuration.warnings(request.context(), providers.keySet())) {
            caller.log().log(LogLevel.WARN, warning);
        }
        FileModes.warnIfReadable(configurationFile, file.asMap(), caller.log());
        Action action = Actions.named(request.method());
        if (action == null) {
            throw new CpiException(
                    ErrorType.NOT_IMPLEMENTED, request.shownMethod() + " is not implemented by this CPI");
        }
        Arguments arguments = Arguments.of(request.method(), action.parameters(), request.arguments());
        ProviderSpec provider = configuration.provider(providers, known.defaultProvider());
        try (CallSession session = new CallSession(this, caller, request, configuration, provider)) {
            PluginTime.bind(configuration.pluginTimeout(), session.call().deadline());
            return action.run(arguments, session);
        }
    }

    /**
     * Loads the plugins now, not when a call first needs them.
     *
     * @throws CpiException if one of them cannot be used, or the configuration cannot be read
     */
    public void load() {
        Configuration file = Configuration.read(configurationFile);
        PluginTime.bind(file.pluginTimeout(), Deadline.in(file.callTimeout()));
        try {
            plugins(file.pluginFolders()).host();
        } finally {
            PluginTime.unbind();
        }
    }

    private synchronized Plugins plugins(List<Path> moreFolders) {
        Plugins known = plugins;
        Plugins found = known == null ? new Plugins(distribution, moreFolders) : known;
        plugins = found;
        return found;
    }

    /**
     * How many configurations of each provider are open, of the providers that are loaded. Waits for nobody, not even for a
     * plugin that hangs while it is loaded.
     */
    public Map<String, Integer> openConfigurations() {
        Map<String, Integer> open = new TreeMap<>();
        Plugins loaded = plugins;
        if (loaded != null) {
            for (String provider : loaded.loadedProviders()) {
                open.put(provider, 0);
            }
        }
        for (String provider : clouds.open()) {
            Integer count = open.get(provider);
            open.put(provider, count == null ? 1 : count + 1);
        }
        return open;
    }

    Clouds.Lease cloud(String provider, Configuration configuration, Redactor redactor) {
        return clouds.take(plugins(List.of()).host(), provider, configuration, redactor);
    }

    private static CpiResponse expected(CpiException e, Caller caller) {
        if (caller.log().isEnabled(LogLevel.DEBUG)) {
            caller.log().log(LogLevel.DEBUG, "Where the failure comes from:", e);
        } else if (e.getCause() != null || e.getSuppressed().length > 0) {
            List<String> lines = new ArrayList<>(List.of("What led to the failure:"));
            lines.addAll(OperatorText.causes(e));
            caller.log().log(LogLevel.WARN, lines);
        }
        return failed(e.type(), OperatorText.of(e), e.okToRetry(), caller);
    }

    private static CpiResponse unexpected(Throwable e, Caller caller) {
        caller.log().log(LogLevel.ERROR, "The call failed unexpectedly:", e);
        String message = "The CPI failed unexpectedly (" + OperatorText.of(e) + "); the log has the details";
        return failed(ErrorType.CPI_ERROR, message, false, caller);
    }

    /** The answer, whose message may be shorter than the log's. */
    private static CpiResponse failed(ErrorType type, String message, boolean okToRetry, Caller caller) {
        String redacted = caller.redactor().redact(message);
        CpiResponse response = CpiResponse.failed(type, redacted, okToRetry);
        CpiResponse.Failure error = response.error();
        if (error != null && error.message().length() < redacted.length()) {
            caller.log().log(LogLevel.WARN, "The whole message: " + redacted);
        }
        return response;
    }

    /** Ends connections and stops plugins. */
    @Override
    public synchronized void close() {
        clouds.close();
        Plugins loaded = plugins;
        if (loaded != null) {
            loaded.close();
        }
    }
}
