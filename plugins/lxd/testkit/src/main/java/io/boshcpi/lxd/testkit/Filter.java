package io.boshcpi.lxd.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code filter} parameter: {@code FIELD eq VALUE}, also {@code ne}, joined by {@code and}. */
final class Filter {
    private record Clause(String field, boolean equal, String value) {}

    private final List<Clause> clauses;

    private Filter(List<Clause> clauses) {
        this.clauses = clauses;
    }

    static Filter parse(String text, Dialect dialect) {
        List<Clause> clauses = new ArrayList<>();
        if (text.isBlank()) {
            return new Filter(clauses);
        }
        for (String clause : text.trim().split(" +and +", -1)) {
            String[] words = clause.trim().split(" +", 3);
            if (words.length == 1) {
                throw new ApiError(dialect.badFilterCode(), "Invalid filter: clause has no operator");
            }
            if (words.length == 2) {
                throw new ApiError(dialect.badFilterCode(), "Invalid filter: clause has no value");
            }
            if (!words[1].equals("eq") && !words[1].equals("ne")) {
                throw new ApiError(dialect.badFilterCode(), "Invalid filter: invalid operator \"" + words[1] + "\"");
            }
            clauses.add(new Clause(words[0], words[1].equals("eq"), words[2]));
        }
        return new Filter(clauses);
    }

    boolean matches(Map<String, Object> object) {
        for (Clause clause : clauses) {
            Object value = value(object, clause.field());
            if (clause.value().equals(value == null ? "" : value.toString()) != clause.equal()) {
                return false;
            }
        }
        return true;
    }

    /** Keys have dots themselves, so {@code config.user.bosh.agent} is the key {@code user.bosh.agent} of {@code config}. */
    private static @Nullable Object value(Map<?, ?> object, String field) {
        if (object.containsKey(field)) {
            return object.get(field);
        }
        int dot = field.indexOf('.');
        if (dot > 0 && object.get(field.substring(0, dot)) instanceof Map<?, ?> inner) {
            return value(inner, field.substring(dot + 1));
        }
        return null;
    }
}
