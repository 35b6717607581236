package io.boshcpi.lxd.fake.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The requests that a server took, in the order of their arrival: what budgets of round trips count. */
public final class RequestLog {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final List<Entry> entries = new ArrayList<>();

    public RequestLog() {}

    /**
     * One request.
     *
     * @param path without the query
     * @param query as sent, empty if there is none
     */
    public record Entry(String method, String path, String query) {
        /** Method and path in one line, with the ids of operations as {@code *}. */
        @Override
        public String toString() {
            return method + " " + UUID.matcher(path).replaceAll("*");
        }
    }

    public synchronized void add(String method, String path, String query) {
        entries.add(new Entry(method, path, query));
    }

    /** All requests since the start or the last {@link #clear}. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The requests in one line each: {@code "GET /1.0/instances/a"}. */
    public List<String> lines() {
        return entries().stream().map(Entry::toString).toList();
    }

    /** How many requests there were. */
    public synchronized int size() {
        return entries.size();
    }

    /** Forgets what was recorded. */
    public synchronized void clear() {
        entries.clear();
    }
}
