package io.boshcpi.release;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A manifest that ops files and variables are applied to, as far as ours need it: what {@code bosh int} does. */
public final class Manifest {
    private static final Pattern VARIABLE = Pattern.compile("\\(\\(([^()]+)\\)\\)");

    private Object content;

    private Manifest(Object content) {
        this.content = content;
    }

    public static Manifest of(Path file) {
        return new Manifest(Repository.yaml(file));
    }

    /** Applies an ops file. Each operation must find its place. */
    Manifest apply(Path opsFile) {
        for (Object operation : Repository.list(Repository.yaml(opsFile))) {
            Map<String, @Nullable Object> op = Repository.hash(operation);
            String path = String.valueOf(op.get("path"));
            try {
                new Operation(tokens(path), op).at(content, 0, false);
            } catch (RuntimeException e) {
                throw new AssertionError(opsFile.getFileName() + ": " + path + ": " + e.getMessage(), e);
            }
        }
        return this;
    }

    /** Fills in variables; those without a value stay. */
    public Manifest fill(Map<String, ?> variables) {
        content = filled(content, variables);
        return this;
    }

    /** The variables that have no value yet. */
    Set<String> missing() {
        Set<String> names = new TreeSet<>();
        Matcher matcher = VARIABLE.matcher(String.valueOf(content));
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    public Object content() {
        return content;
    }

    /** The value at a path such as {@code /azs/name=z1/cpi}. */
    public Object get(String path) {
        Object place = content;
        for (String token : tokens(path)) {
            place = step(place, token);
            if (place == null) {
                throw new AssertionError("There is no " + path);
            }
        }
        return place;
    }

    /** The parts of a path; a slash within one is written as in JSON pointers. */
    private static List<String> tokens(String path) {
        List<String> tokens = new ArrayList<>();
        for (String token : path.substring(1).split("/", -1)) {
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return tokens;
    }

    private static @Nullable Object step(Object place, String token) {
        if (place instanceof Map) {
            return Repository.hash(place).get(token);
        }
        List<@Nullable Object> elements = Repository.list(place);
        int index = index(elements, token);
        return index < 0 ? null : elements.get(index);
    }

    private static int index(List<@Nullable Object> elements, String token) {
        int equals = token.indexOf('=');
        if (equals < 0) {
            return Integer.parseInt(token);
        }
        String key = token.substring(0, equals);
        for (int i = 0; i < elements.size(); i++) {
            if (token.substring(equals + 1)
                    .equals(Repository.hash(elements.get(i)).get(key))) {
                return i;
            }
        }
        return -1;
    }

    private static Object filled(Object value, Map<String, ?> variables) {
        if (value instanceof Map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            Repository.hash(value)
                    .forEach((key, inner) -> copy.put(key, inner == null ? null : filled(inner, variables)));
            return copy;
        } else if (value instanceof List) {
            List<@Nullable Object> copy = new ArrayList<>();
            for (Object inner : Repository.list(value)) {
                copy.add(inner == null ? null : filled(inner, variables));
            }
            return copy;
        } else if (value instanceof String text) {
            return filled(text, variables);
        }
        return value;
    }

    /** A variable that is the whole text keeps its type, others become part of the text. */
    private static Object filled(String text, Map<String, ?> variables) {
        Matcher whole = VARIABLE.matcher(text);
        if (whole.matches()) {
            Object value = variables.get(whole.group(1));
            return value == null ? text : value;
        }
        return VARIABLE.matcher(text).replaceAll(match -> {
            Object value = variables.get(match.group(1));
            return Matcher.quoteReplacement(value == null ? match.group() : value.toString());
        });
    }

    /** One operation on its way to its place; a token with a question mark makes itself and what follows optional. */
    private record Operation(List<String> tokens, Map<String, @Nullable Object> op) {
        void at(Object place, int depth, boolean optionalBefore) {
            boolean optional = optionalBefore || tokens.get(depth).endsWith("?");
            String token = tokens.get(depth).endsWith("?")
                    ? tokens.get(depth).substring(0, tokens.get(depth).length() - 1)
                    : tokens.get(depth);
            if (place instanceof Map) {
                inHash(Repository.hash(place), token, depth, optional);
            } else {
                inList(Repository.list(place), token, depth, optional);
            }
        }

        private void inHash(Map<String, @Nullable Object> hash, String token, int depth, boolean optional) {
            Object below = hash.get(token);
            if (below == null && !optional) {
                throw new IllegalStateException("there is no " + token + " in " + hash.keySet());
            }
            if (depth == tokens.size() - 1) {
                if (removes()) {
                    hash.remove(token);
                } else {
                    hash.put(token, op.get("value"));
                }
                return;
            }
            if (below == null) {
                below = empty(depth + 1);
                hash.put(token, below);
            }
            at(below, depth + 1, optional);
        }

        private void inList(List<@Nullable Object> list, String token, int depth, boolean optional) {
            boolean last = depth == tokens.size() - 1;
            int index = token.equals("-") ? -1 : index(list, token);
            if (index < 0 && !token.equals("-") && !optional) {
                throw new IllegalStateException("there is no " + token);
            }
            if (index < 0) {
                Object added = last ? op.get("value") : empty(depth + 1);
                list.add(added);
                if (!last) {
                    at(added == null ? Map.of() : added, depth + 1, true);
                }
            } else if (!last) {
                Object below = list.get(index);
                at(below == null ? Map.of() : below, depth + 1, optional);
            } else if (removes()) {
                list.remove(index);
            } else {
                list.set(index, op.get("value"));
            }
        }

        private boolean removes() {
            return "remove".equals(op.get("type"));
        }

        private Object empty(int depth) {
            boolean list =
                    tokens.get(depth).startsWith("-") || tokens.get(depth).contains("=");
            return list ? new ArrayList<@Nullable Object>() : new LinkedHashMap<String, @Nullable Object>();
        }
    }
}
