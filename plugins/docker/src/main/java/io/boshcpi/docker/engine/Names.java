package io.boshcpi.docker.engine;

import io.boshcpi.spi.PropertyTree;

/** Names of containers, volumes and networks, which become a part of the path of a request. */
public final class Names {
    private static final int MAX_LENGTH = 255;

    private Names() {}

    /**
     * Whether an engine can have an object of that name: letters, digits and, not at the beginning, {@code . _ -}. No CID
     * of this CPI has other characters, so what has them is absent.
     */
    public static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = c < 128 && Character.isLetterOrDigit(c);
            if (!alphanumeric && (i == 0 || "._-".indexOf(c) < 0)) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_LENGTH;
    }

    /**
     * The name that an operator wrote.
     *
     * @throws io.boshcpi.spi.CpiException if it is none
     */
    public static String checked(PropertyTree properties, String key, String name) {
        if (!isName(name)) {
            throw properties.wrong(
                    key,
                    "is not the name of an object of the engine: letters, digits and, not at the beginning, . _ -");
        }
        return name;
    }
}
