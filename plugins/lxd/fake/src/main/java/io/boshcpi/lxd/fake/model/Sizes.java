package io.boshcpi.lxd.fake.model;

import java.util.Map;

/** Sizes as the servers write them: {@code 5GiB}, {@code 500MB}, {@code 1073741824}. */
public final class Sizes {
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("B", 1L),
            Map.entry("kB", 1000L),
            Map.entry("MB", 1000_000L),
            Map.entry("GB", 1000_000_000L),
            Map.entry("TB", 1000_000_000_000L),
            Map.entry("KiB", 1L << 10),
            Map.entry("MiB", 1L << 20),
            Map.entry("GiB", 1L << 30),
            Map.entry("TiB", 1L << 40));

    private Sizes() {}

    public static long parse(String text) {
        int end = 0;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        Long unit = UNITS.get(text.substring(end).trim());
        if (end == 0 || unit == null) {
            throw ApiError.internal("Invalid value: " + text);
        }
        return Long.parseLong(text.substring(0, end)) * unit;
    }
}
