package io.boshcpi.core.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Learns the secrets of one call and redacts them in log lines and error messages.
 *
 * <p>A value is a secret because it came as one: as a {@link io.boshcpi.spi.Secret}, under a {@link SecretKeys key that
 * names one}, as PEM or a crypt hash, or as the user information of a URL. Addresses, host names and everything else in a
 * request are not. Results are never redacted: they belong to the Director, to the letter.
 *
 * <p>A secret is redacted as it is, as it stands in JSON, and line by line. A short one is redacted only where it stands as
 * a word, and a trivial one not at all: to redact {@code "root"} everywhere would hide the message and no secret.
 */
public final class Redactor {
    /** What stands in the place of a secret. */
    static final String REDACTED = "<redacted>";

    private static final String PEM_MARKER = "-----BEGIN ";

    /** From this length on a secret is redacted within a word, too. */
    private static final int LONG = 8;

    private static final int SHORTEST = 4;

    private final Set<String> known = new HashSet<>();
    private final List<String> longestFirst = new ArrayList<>();
    private boolean sorted = true;

    /** Learns the secrets in a JSON value, such as a request's arguments or the configuration. */
    public synchronized void learn(@Nullable Object value) {
        learn(value, false);
    }

    /** Learns one value that is known to be a secret. */
    public synchronized void learnSecret(String value) {
        learn(value, true);
    }

    private void learn(@Nullable Object value, boolean secret) {
        if (value instanceof Map<?, ?> hash) {
            for (Map.Entry<?, ?> entry : hash.entrySet()) {
                String key = String.valueOf(entry.getKey());
                learnByLooks(key);
                learn(entry.getValue(), secret || SecretKeys.contain(key));
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                learn(element, secret);
            }
        } else if (value instanceof String text) {
            learnByLooks(text);
            if (secret) {
                addWithForms(text, SHORTEST);
            }
        } else if (value instanceof Number number && secret) {
            addWithForms(number.toString(), SHORTEST);
        }
    }

    private void learnByLooks(String text) {
        if (text.contains(PEM_MARKER) || isCryptHash(text)) {
            addWithForms(text, LONG);
        }
        learnUserInfo(text);
    }

    private static boolean isCryptHash(String text) {
        int second = text.startsWith("$") ? text.indexOf('$', 1) : -1;
        return second > 1 && second <= 10 && text.length() > second + LONG;
    }

    /** {@code scheme://user:password@host}: the password, and both together. */
    private void learnUserInfo(String text) {
        for (int scheme = text.indexOf("://"); scheme >= 0; scheme = text.indexOf("://", scheme + 3)) {
            int start = scheme + 3;
            int end = start;
            while (end < text.length() && "/?# \t\r\n\"'<>".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            int at = text.lastIndexOf('@', end - 1);
            if (at > start) {
                String userInfo = text.substring(start, at);
                int colon = userInfo.indexOf(':');
                add(userInfo, SHORTEST);
                add(userInfo.substring(colon + 1), SHORTEST);
                add(percentDecoded(userInfo.substring(colon + 1)), SHORTEST);
            }
        }
    }

    private static String percentDecoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // The text is not percent-encoded, so it has no other form.
        }
    }

    private void addWithForms(String text, int shortest) {
        add(text, shortest);
        add(inJson(text), shortest);
        if (text.indexOf('\n') >= 0) {
            for (String line : text.split("\n", -1)) {
                if (!line.startsWith("-----")) {
                    add(line.strip(), LONG);
                }
            }
        }
    }

    private void add(String secret, int shortest) {
        boolean worthIt = secret.length() >= LONG || (secret.length() >= shortest && !isPlainWord(secret));
        if (worthIt && !secret.isBlank() && known.add(secret)) {
            longestFirst.add(secret);
            sorted = false;
        }
    }

    private static boolean isPlainWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 'a' || text.charAt(i) > 'z') {
                return false;
            }
        }
        return true;
    }

    private static String inJson(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** The text without the secrets. */
    public synchronized String redact(String text) {
        String redacted = text;
        for (String secret : longestFirst()) {
            if (redacted.contains(secret)) {
                redacted = secret.length() >= LONG ? redacted.replace(secret, REDACTED) : redactWord(redacted, secret);
            }
        }
        return redacted;
    }

    /** A secret may lie within another one, so the longest goes first. */
    private List<String> longestFirst() {
        if (!sorted) {
            longestFirst.sort(LONGEST_FIRST);
            sorted = true;
        }
        return longestFirst;
    }

    /** A class and not a lambda, the first of which costs a cold call more than all of its redaction. */
    private static final Comparator<String> LONGEST_FIRST = new Comparator<>() {
        @Override
        public int compare(String a, String b) {
            return Integer.compare(b.length(), a.length());
        }
    };

    private static String redactWord(String text, String word) {
        StringBuilder redacted = new StringBuilder();
        int done = 0;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean isWord = at >= done
                    && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
            if (isWord) {
                redacted.append(text, done, at).append(REDACTED);
                done = end;
            }
        }
        return redacted.append(text, done, text.length()).toString();
    }
}
