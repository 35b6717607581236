package io.boshcpi.distribution.training;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests with recorded responses, each recorded exchange once.
 *
 * <p>A request gets the response of the first unused exchange with the same method and target. Generated IDs stand for
 * those that were recorded in their places, in the response too. A request that was not recorded, or one that was
 * recorded and does not come, is a failure of the training: the recording is out of date.
 */
final class Replay implements HttpServer.Handler {
    private final GeneratedIds generated;
    private final List<Exchange> unused;
    private final Map<String, String> actualIds = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    Replay(GeneratedIds generated, List<Exchange> recording) {
        this.generated = generated;
        this.unused = new ArrayList<>(recording);
    }

    @Override
    public synchronized HttpMessage answer(HttpMessage request) {
        for (int i = 0; i < unused.size(); i++) {
            Exchange exchange = unused.get(i);
            Map<String, String> ids = matched(exchange, request);
            if (ids != null) {
                actualIds.putAll(ids);
                unused.remove(i);
                return response(exchange);
            }
        }
        failures.add("not recorded: " + request.request());
        return new HttpMessage("HTTP/1.1 501 Not Recorded", Map.of(), new byte[0]);
    }

    /** The actual ID of each recorded one if the exchange fits the request. */
    private @Nullable Map<String, String> matched(Exchange exchange, HttpMessage request) {
        if (!generated.blanked(exchange.request()).equals(generated.blanked(request.request()))) {
            return null;
        }
        List<String> recorded = new ArrayList<>(generated.in(exchange.request()));
        recorded.addAll(exchange.ids());
        List<String> actual = new ArrayList<>(generated.in(request.request()));
        actual.addAll(generated.inBodyOf(request));
        if (recorded.size() != actual.size()) {
            return null;
        }
        Map<String, String> ids = new LinkedHashMap<>();
        for (int i = 0; i < recorded.size(); i++) {
            String known = actualIds.getOrDefault(recorded.get(i), actual.get(i));
            if (!known.equals(actual.get(i))) {
                return null;
            }
            ids.put(recorded.get(i), known);
        }
        return ids;
    }

    private HttpMessage response(Exchange exchange) {
        String body = exchange.body();
        for (Map.Entry<String, String> id : actualIds.entrySet()) {
            body = body.replace(id.getKey(), id.getValue());
        }
        return new HttpMessage(
                "HTTP/1.1 " + exchange.status() + " Recorded",
                exchange.headers(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** Why the recording does not fit what was asked; empty if it does. */
    synchronized List<String> failures() {
        List<String> all = new ArrayList<>(failures);
        unused.forEach(exchange -> all.add("recorded, but not asked: " + exchange.request()));
        return all;
    }
}
