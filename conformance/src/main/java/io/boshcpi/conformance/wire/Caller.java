package io.boshcpi.conformance.wire;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One of the two callers of a CPI. They differ in version and context: the Director sends a request ID and, with some
 * methods, the stemcell's version; the CLI no request ID and the stemcell's version always.
 */
public final class Caller {
    /** The highest version that a Director negotiates. */
    public static final int DIRECTORS_VERSION = 3;

    /** The version that the CLI insists on. */
    public static final int CLIS_VERSION = 2;

    private static final Set<String> WITH_STEMCELL = Set.of("create_vm", "delete_vm", "attach_disk", "detach_disk");
    private static final AtomicInteger REQUESTS = new AtomicInteger(100000);

    private final Line line;
    private final boolean director;
    private final String uuid;
    private final int stemcellVersion;
    private final int apiVersion;

    private Caller(Line line, boolean director, String uuid, int stemcellVersion, int apiVersion) {
        this.line = line;
        this.director = director;
        this.uuid = uuid;
        this.stemcellVersion = stemcellVersion;
        this.apiVersion = apiVersion;
    }

    /**
     * The way to the CPI.
     *
     * @param properties what a CPI config adds to the context of each request
     * @param observer sees each exchange after its end, possibly on several threads at once
     */
    public record Line(Cpi cpi, Journal journal, Map<String, ?> properties, Consumer<Exchange> observer) {
        private Exchange send(Request request) {
            Exchange exchange = Exchange.of(request, cpi.call(request));
            journal.add(exchange);
            observer.accept(exchange);
            return exchange;
        }
    }

    /** A Director. */
    public static Caller director(Line line, String uuid, int stemcellVersion, int apiVersion) {
        return new Caller(line, true, uuid, stemcellVersion, apiVersion);
    }

    /** {@code create-env} and {@code delete-env}. */
    public static Caller cli(Line line, String uuid, int stemcellVersion) {
        return new Caller(line, false, uuid, stemcellVersion, CLIS_VERSION);
    }

    /** Makes a call. */
    public Exchange call(String method, @Nullable Object... arguments) {
        return send(request(method, arguments));
    }

    /** The request of a call. */
    public Request request(String method, @Nullable Object... arguments) {
        return Request.of(method, Arrays.asList(arguments), context(method), version(method));
    }

    /** The request of a call with further properties of a CPI config, which win. */
    public Request requestWith(Map<String, ?> properties, String method, @Nullable Object... arguments) {
        Map<String, @Nullable Object> context = context(method);
        context.putAll(properties);
        return Request.of(method, Arrays.asList(arguments), context, version(method));
    }

    /** Sends a request that stands already. */
    public Exchange send(Request request) {
        return line.send(request);
    }

    private @Nullable Integer version(String method) {
        if (method.equals("info")) {
            return director ? null : Integer.valueOf(1);
        }
        return apiVersion;
    }

    private Map<String, @Nullable Object> context(String method) {
        Map<String, @Nullable Object> context = new LinkedHashMap<>();
        context.put("director_uuid", uuid);
        if (director) {
            context.put("request_id", "cpi-" + REQUESTS.incrementAndGet());
        }
        if (!director || WITH_STEMCELL.contains(method)) {
            context.put("vm", Map.of("stemcell", Map.of("api_version", stemcellVersion)));
        }
        context.putAll(line.properties());
        return context;
    }

    /** The version that its calls have, except {@code info}. */
    public int apiVersion() {
        return apiVersion;
    }

    /** The arguments of a call as a list, for those that are put together. */
    public Exchange callWith(String method, List<? extends @Nullable Object> arguments) {
        return call(method, arguments.toArray());
    }
}
