package io.boshcpi.core.testing;

import io.boshcpi.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recorded requests, damaged at random: the same ones for the same seed. */
public final class Mutations {
    private final Random random;
    private final List<RecordedCall> calls = RecordedCall.all();
    private final Set<String> secrets = new LinkedHashSet<>();

    /** A series of mutations. */
    public Mutations(long seed) {
        random = new Random(seed);
        for (RecordedCall call : calls) {
            collectSecrets(call.request(), "");
        }
    }

    private void collectSecrets(@Nullable Object value, String key) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> collectSecrets(v, String.valueOf(k)));
        } else if (value instanceof List<?> list) {
            list.forEach(element -> collectSecrets(element, key));
        } else if (value instanceof String text) {
            if (List.of("password", "secret", "private_key", "certificate", "ca")
                    .contains(key)) {
                text.lines().filter(line -> !line.startsWith("-----")).forEach(secrets::add);
            }
        }
    }

    /** The secrets of all requests that stand in a text. */
    public List<String> secretsIn(String text) {
        return secrets.stream().filter(text::contains).toList();
    }

    /** The next request. */
    public byte[] next() {
        Map<String, Object> request = calls.get(random.nextInt(calls.size())).request();
        Object mutated = request;
        for (int i = random.nextInt(3); i >= 0; i--) {
            mutated = mutate(mutated, 0);
        }
        byte[] bytes = Json.write(mutated).getBytes(StandardCharsets.UTF_8);
        return random.nextInt(4) == 0 ? damaged(bytes) : bytes;
    }

    /** Goes down a random way and changes what is there. */
    private @Nullable Object mutate(@Nullable Object value, int depth) {
        boolean here = random.nextInt(4) == 0 && depth > 0;
        if (!here && value instanceof Map<?, ?> map && !map.isEmpty()) {
            return mutateMap(map, depth);
        } else if (!here && value instanceof List<?> list && !list.isEmpty()) {
            return mutateList(list, depth);
        }
        return replacement(value);
    }

    private Object mutateMap(Map<?, ?> map, int depth) {
        List<Object> keys = new ArrayList<>(map.keySet());
        Object chosen = keys.get(random.nextInt(keys.size()));
        int way = random.nextInt(10);
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!key.equals(chosen)) {
                copy.put(String.valueOf(key), value);
            } else if (way == 1) {
                copy.put(key + "x", value);
            } else if (way > 1) {
                copy.put(String.valueOf(key), mutate(value, depth + 1));
            }
        });
        return copy;
    }

    private Object mutateList(List<?> list, int depth) {
        List<@Nullable Object> copy = new ArrayList<>(list);
        int at = random.nextInt(copy.size());
        switch (random.nextInt(8)) {
            case 0 -> copy.remove(at);
            case 1 -> copy.add(at, copy.get(random.nextInt(copy.size())));
            case 2 -> java.util.Collections.swap(copy, at, random.nextInt(copy.size()));
            default -> copy.set(at, mutate(copy.get(at), depth + 1));
        }
        return copy;
    }

    private @Nullable Object replacement(@Nullable Object value) {
        return switch (random.nextInt(14)) {
            case 0 -> null;
            case 1 -> true;
            case 2 -> 0;
            case 3 -> -1;
            case 4 -> Long.MAX_VALUE;
            case 5 -> new java.math.BigDecimal("1e400");
            case 6 -> new java.math.BigInteger("9".repeat(50));
            case 7 -> "";
            case 8 -> "x".repeat(random.nextInt(3000));
            case 9 -> "\u0000\n\"\\../größe\ud83d\ude00";
            case 10 -> List.of();
            case 11 -> Map.of();
            case 12 -> List.of(String.valueOf(value));
            default -> Map.of("type", String.valueOf(value));
        };
    }

    private byte[] damaged(byte[] bytes) {
        byte[] copy = random.nextBoolean() ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
        for (int i = random.nextInt(4); i > 0 && copy.length > 0; i--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        }
        return copy;
    }
}
