package io.boshcpi.conformance.wire;

import io.boshcpi.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values that must not come back: those that the kit puts into requests, and those of the CPI's configuration. */
public final class Secrets {
    private static final Pattern SECRET_KEY =
            Pattern.compile("password|secret|private|client_key|token|credential|access_key|passphrase");
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("://[^/@:\\s]*:([^/@\\s]+)@");

    /** Shorter values may stand somewhere by chance. */
    private static final int SHORTEST = 8;

    private final String planted = "kitSecret" + UUID.randomUUID().toString().replace("-", "");
    private final List<String> configured = new ArrayList<>();

    /** Takes the secrets of a configuration, or of the properties that stand in for a CPI config. */
    public void addConfiguration(@Nullable Object value) {
        add("", value);
    }

    private void add(String key, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, element) -> add(String.valueOf(name), element));
        } else if (value instanceof Collection<?> elements) {
            elements.forEach(element -> add(key, element));
        } else if (value instanceof String text) {
            if (SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).find()) {
                addSecret(text);
            }
            Matcher url = PASSWORD_IN_URL.matcher(text);
            while (url.find()) {
                addSecret(url.group(1));
            }
        }
    }

    /** Of a key in PEM a line of its middle, since line ends come back in many ways. */
    private void addSecret(String text) {
        List<String> lines = text.strip().lines().toList();
        String secret = lines.size() < 3 ? text.strip() : lines.get(lines.size() / 2);
        if (secret.length() >= SHORTEST) {
            configured.add(secret);
        }
    }

    /** A secret that the kit's requests hold wherever a secret belongs. */
    public String planted() {
        return planted;
    }

    /** Whether the CPI's configuration is known to hold a secret. */
    public boolean hasConfigured() {
        return !configured.isEmpty();
    }

    /** Where in what came out of a call the kit's secret stands. */
    public Optional<String> placeOfPlanted(Exchange exchange) {
        return place(exchange, List.of(planted));
    }

    /** Where in what came out of a call a secret of the configuration stands. */
    public Optional<String> placeOfConfigured(Exchange exchange) {
        return place(exchange, configured);
    }

    private static Optional<String> place(Exchange exchange, List<String> secrets) {
        for (String secret : secrets) {
            if (exchange.output().stderr().contains(secret)) {
                return Optional.of("stderr");
            }
            if (exchange.output().text().contains(secret)) {
                return Optional.of(placeOnStdout(exchange.answer(), secret));
            }
        }
        return Optional.empty();
    }

    private static String placeOnStdout(Answer answer, String secret) {
        for (Map.Entry<String, @Nullable Object> entry :
                answer.document().orElse(Map.of()).entrySet()) {
            if (Json.write(entry.getValue()).contains(secret)) {
                return "the answer's \"" + entry.getKey() + "\"";
            }
        }
        return "stdout";
    }

    /** The text without the secrets. */
    public String redact(String text) {
        String redacted = text.replace(planted, "<redacted>");
        for (String secret : configured) {
            redacted = redacted.replace(secret, "<redacted>");
        }
        return redacted;
    }
}
