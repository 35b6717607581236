package io.boshcpi.spi;

/** The rule that all identifiers share: what BOSH may hand in, and what is safe in a path, a URL and a log line. */
final class Identifiers {
    /** The Director's columns hold 255 characters. */
    private static final int MAX_LENGTH = 255;

    private Identifiers() {}

    static String check(String kind, String value) {
        if (value.isEmpty()) {
            throw CpiException.badRequest("The " + kind + " is empty");
        }
        if (value.length() > MAX_LENGTH) {
            throw CpiException.badRequest(
                    "The " + kind + " has " + value.length() + " characters; at most " + MAX_LENGTH + " are allowed");
        }
        for (int i = 0; i < value.length(); i++) {
            if (!isAllowed(value.charAt(i), i == 0)) {
                throw CpiException.badRequest("The " + kind + " has a character at position " + (i + 1)
                        + " that is not allowed; letters, digits and, not at the beginning, . _ : + - are");
            }
        }
        return value;
    }

    private static boolean isAllowed(char c, boolean first) {
        boolean alphanumeric = c < 128 && Character.isLetterOrDigit(c);
        return alphanumeric || (!first && "._:+-".indexOf(c) >= 0);
    }
}
