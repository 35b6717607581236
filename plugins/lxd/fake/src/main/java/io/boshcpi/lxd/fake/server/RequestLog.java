package io.boshcpi.lxd.fake.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The requests that a server took, in the order of their arrival: what budgets of round trips count. */
public final class RequestLog {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final List<String> lines = new ArrayList<>();

    public synchronized void add(Request request) {
        lines.add(request.method() + " " + UUID.matcher(request.path()).replaceAll("*"));
    }

    /**
     * The requests since the start or the last {@link #clear} in one line each, {@code "GET /1.0/instances/a"}: without
     * the query, and with the ids of operations as {@code *}.
     */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Forgets what was recorded. */
    public synchronized void clear() {
        lines.clear();
    }
}
