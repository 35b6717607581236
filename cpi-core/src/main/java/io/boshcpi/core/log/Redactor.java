package io.boshcpi.core.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Learns the secrets of one call and strikes them out of everything that the call prints.
 *
 * <p>A value is a secret by its key ({@code password}, {@code private_key}, …), by its place (the agent's {@code env}
 * but for tags and groups, the options of a blobstore) or by its looks (PEM, crypt hash, user and password in a URL).
 * It is struck as it is, as it stands in JSON, and line by line. Short values are struck only where they stand as a
 * word, and trivial ones not at all: striking {@code "root"} everywhere would hide the message and no secret.
 */
public final class Redactor {
    private static final String STRUCK = "<redacted>";
    private static final String PEM_MARKER = "-----BEGIN ";

    /** From this length on a value is struck wherever it stands, also within a word. */
    private static final int LONG = 8;

    private static final int SHORTEST = 4;

    /** Words in a key that make its value secret. */
    private static final Set<String> SECRET_WORDS = Set.of(
            "password",
            "passwd",
            "passphrase",
            "secret",
            "secrets",
            "token",
            "tokens",
            "key",
            "keys",
            "cert",
            "certs",
            "certificate",
            "certificates",
            "credential",
            "credentials",
            "private",
            "ca");

    /** Keys below {@code env.bosh} whose values appear in messages and are no secrets. */
    private static final Set<String> OPEN_ENV_KEYS = Set.of("tags", "group", "groups");

    /** How much is known about a value from where it stands. */
    private enum Place {
        /** Only its looks can make it a secret. */
        OPEN,
        /** It is a part of the agent's settings: a secret unless it is a plain word. */
        CONFIDENTIAL,
        /** Its key says that it is a secret. */
        SECRET
    }

    private final Set<String> known = new HashSet<>();
    private final List<String> longestFirst = new ArrayList<>();
    private boolean holdsPrivateKey;

    /** Learns the secrets in a JSON value, such as a request's arguments or the configuration. */
    public synchronized void learn(@Nullable Object value) {
        learn(value, Place.OPEN);
    }

    /** Learns everything in the agent's {@code env} but tags and groups. */
    public synchronized void learnEnv(@Nullable Object env) {
        learn(env, Place.CONFIDENTIAL);
    }

    /** Learns one value that is known to be a secret. */
    public synchronized void learnSecret(String value) {
        learn(value, Place.SECRET);
    }

    /** Whether a private key was among what was learned. */
    public synchronized boolean holdsPrivateKey() {
        return holdsPrivateKey;
    }

    private void learn(@Nullable Object value, Place place) {
        if (value instanceof Map<?, ?> hash) {
            for (Map.Entry<?, ?> entry : hash.entrySet()) {
                String key = String.valueOf(entry.getKey());
                learnByLooks(key);
                learn(entry.getValue(), placeOf(key, place));
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                learn(element, place);
            }
        } else if (value instanceof String text) {
            learnText(text, place);
        } else if (value instanceof Number number && place == Place.SECRET) {
            learnText(number.toString(), place);
        }
    }

    private static Place placeOf(String key, Place parent) {
        if (parent == Place.CONFIDENTIAL && OPEN_ENV_KEYS.contains(key)) {
            return Place.OPEN;
        } else if (parent == Place.SECRET || isSecretKey(key)) {
            return Place.SECRET;
        } else if (key.equals("bosh") || key.equals("blobstore") || key.equals("blobstores")) {
            return Place.CONFIDENTIAL; // The env of a malformed request may stand anywhere.
        }
        return parent;
    }

    /** Takes {@code clientKey}, {@code client-key} and {@code CLIENT_KEY} apart and looks at each word. */
    private static boolean isSecretKey(String key) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= key.length(); i++) {
            char c = i < key.length() ? key.charAt(i) : '_';
            boolean camel = Character.isUpperCase(c) && i > 0 && Character.isLowerCase(key.charAt(i - 1));
            if (camel || !Character.isLetterOrDigit(c)) {
                if (SECRET_WORDS.contains(word.toString())) {
                    return true;
                }
                word.setLength(0);
            }
            if (Character.isLetterOrDigit(c)) {
                word.append(Character.toLowerCase(c));
            }
        }
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.contains("password") || lower.contains("secret") || lower.contains("apikey");
    }

    private void learnText(String text, Place place) {
        learnByLooks(text);
        if (place == Place.SECRET || (place == Place.CONFIDENTIAL && !isPlainWord(text))) {
            addWithForms(text, place == Place.SECRET ? SHORTEST : LONG);
        }
    }

    private void learnByLooks(String text) {
        if (text.contains(PEM_MARKER)) {
            holdsPrivateKey |= text.contains("PRIVATE KEY");
            addWithForms(text, LONG);
        } else if (isCryptHash(text)) {
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
            return text; // It was no encoding, so there is no other form of it.
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
            int place = 0;
            while (place < longestFirst.size() && longestFirst.get(place).length() >= secret.length()) {
                place++;
            }
            longestFirst.add(place, secret);
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
    public synchronized String strike(String text) {
        String struck = text;
        for (String secret : longestFirst) {
            if (struck.contains(secret)) {
                struck = secret.length() >= LONG ? struck.replace(secret, STRUCK) : strikeWord(struck, secret);
            }
        }
        return struck;
    }

    private static String strikeWord(String text, String word) {
        StringBuilder struck = new StringBuilder();
        int done = 0;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean isWord = at >= done
                    && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
            if (isWord) {
                struck.append(text, done, at).append(STRUCK);
                done = end;
            }
        }
        return struck.append(text, done, text.length()).toString();
    }

    /**
     * A result without the secrets in its hashes. What stands elsewhere in a result is a CID or a disk hint and must
     * come back as it is.
     */
    public @Nullable Object strikeHashes(@Nullable Object result) {
        if (result instanceof Map<?, ?> hash) {
            return strikeHash(hash);
        } else if (result instanceof List<?> list) {
            List<@Nullable Object> struck = new ArrayList<>();
            for (Object element : list) {
                struck.add(strikeHashes(element));
            }
            return struck;
        }
        return result;
    }

    private Map<String, @Nullable Object> strikeHash(Map<?, ?> hash) {
        Map<String, @Nullable Object> struck = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : hash.entrySet()) {
            struck.put(strike(String.valueOf(entry.getKey())), strikeValue(entry.getValue()));
        }
        return struck;
    }

    private @Nullable Object strikeValue(@Nullable Object value) {
        if (value instanceof String text) {
            return strike(text);
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> struck = new ArrayList<>();
            for (Object element : list) {
                struck.add(strikeValue(element));
            }
            return struck;
        }
        return strikeHashes(value);
    }
}
