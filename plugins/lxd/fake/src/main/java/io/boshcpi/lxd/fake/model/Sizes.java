package io.boshcpi.lxd.fake.model;

import java.util.Map;

/** Sizes as the servers write them: {@code 5GiB}, {@code 512MiB}, {@code 1073741824}. */
public final class Sizes {
    private static final Map<String, Integer> UNITS = Map.of("", 0, "B", 0, "KiB", 10, "MiB", 20, "GiB", 30, "TiB", 40);

    private Sizes() {}

    public static long parse(String text) {
        String unit = text.replaceFirst("^\\d+", "");
        Integer bits = UNITS.get(unit);
        if (bits == null || unit.length() == text.length()) {
            throw ApiError.internal("Invalid value: " + text);
        }
        return Long.parseLong(text.substring(0, text.length() - unit.length())) << bits;
    }
}
