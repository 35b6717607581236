package io.boshcpi.lxd.fake.model;

import java.util.Locale;

/**
 * Which of the two servers is imitated. Where they differ, the code says both with {@link #choose}; texts and codes are
 * those of LXD 5.0.2 and Incus 6.0.4 as recorded.
 */
public enum Dialect {
    LXD("5.0.2", "X-LXD-"),
    INCUS("6.0.4", "X-Incus-");

    private final String version;
    private final String headerPrefix;

    Dialect(String version, String headerPrefix) {
        this.version = version;
        this.headerPrefix = headerPrefix;
    }

    /** The dialect of that name, {@code "lxd"} or {@code "incus"}. */
    public static Dialect of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** What {@code environment.server} says. */
    public String server() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String version() {
        return version;
    }

    /** {@code X-LXD-} or {@code X-Incus-}: headers of the other prefix are ignored without a word. */
    public String headerPrefix() {
        return headerPrefix;
    }

    /** What this server has of what the two have. */
    public <T> T choose(T ofLxd, T ofIncus) {
        return this == LXD ? ofLxd : ofIncus;
    }
}
