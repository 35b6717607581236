package io.boshcpi.core.log;

import java.util.Locale;
import java.util.Set;

/** Tells by a key whether its value is a secret: {@code password}, {@code clientKey}, {@code API-TOKEN}. */
final class SecretKeys {
    private static final Set<String> WORDS = Set.of(
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

    private SecretKeys() {}

    /** Takes {@code clientKey}, {@code client-key} and {@code CLIENT_KEY} apart and looks at each word. */
    static boolean contain(String key) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= key.length(); i++) {
            char c = i < key.length() ? key.charAt(i) : '_';
            boolean camel = Character.isUpperCase(c) && i > 0 && Character.isLowerCase(key.charAt(i - 1));
            if (camel || !Character.isLetterOrDigit(c)) {
                if (WORDS.contains(word.toString())) {
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
}
