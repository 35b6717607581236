package io.boshcpi.distribution.faults;

import java.util.SortedSet;
import java.util.TreeSet;

/** Compares what is at a site with what the Director knows, and finds out what {@code gc} makes of the difference. */
final class Judge {
    private final Site site;
    private final Director director;
    private final StringBuilder seen = new StringBuilder();
    private Outcome outcome = Outcome.CONVERGED;

    Judge(Site site, Director director) {
        this.site = site;
        this.director = director;
    }

    Outcome outcome() {
        return outcome;
    }

    String seen() {
        return seen.toString();
    }

    void note(String text) {
        seen.append(text).append("; ");
    }

    void add(Outcome found, String text) {
        outcome = outcome.worst(found);
        note(found + ": " + text);
    }

    /** Lets {@code gc} remove what it finds. */
    void collect() {
        site.collect(false);
    }

    /** Whatever is missing is lost. What is too much is left over, and ought to be something that {@code gc} knows. */
    void compare(SortedSet<String> expected) {
        SortedSet<String> before = director.view();
        if (before.equals(expected)) {
            return;
        }
        collect();
        SortedSet<String> collected = director.view();
        missing(expected, collected);
        site.collect(true);
        SortedSet<String> last = director.view();
        missing(expected, last);
        left(Outcome.COLLECTED, before, collected);
        left(Outcome.NAMED, collected, last);
        SortedSet<String> unknown = new TreeSet<>(last);
        unknown.removeAll(expected);
        if (!unknown.isEmpty()) {
            boolean snapshots = unknown.stream().allMatch(fact -> fact.startsWith("snapshot "));
            add(snapshots ? Outcome.SNAPSHOT : Outcome.UNKNOWN, unknown.toString());
        }
    }

    private void missing(SortedSet<String> expected, SortedSet<String> actual) {
        SortedSet<String> missing = new TreeSet<>(expected);
        missing.removeAll(actual);
        if (!missing.isEmpty()) {
            add(Outcome.LOST, "missing: " + missing);
        }
    }

    private void left(Outcome found, SortedSet<String> before, SortedSet<String> after) {
        SortedSet<String> removed = new TreeSet<>(before);
        removed.removeAll(after);
        if (!removed.isEmpty()) {
            add(found, removed.toString());
        }
    }
}
