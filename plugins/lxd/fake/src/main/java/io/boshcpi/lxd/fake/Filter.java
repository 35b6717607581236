package io.boshcpi.lxd.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The {@code filter} parameter: clauses {@code [not] FIELD eq|ne VALUE}, joined by {@code and} and {@code or} from left to
 * right. As in the servers, a value is a regular expression for the whole field, in any letter case, and one that is no
 * regular expression matches nothing.
 */
final class Filter {
    private record Clause(
            boolean or,
            boolean wanted,
            String field,
            @Nullable Pattern value) {
        boolean matches(Map<String, Object> object) {
            Object found = Filter.at(object, field);
            return (value != null
                            && value.matcher(found == null ? "" : found.toString())
                                    .matches())
                    == wanted;
        }
    }

    private final Dialect dialect;
    private final List<Clause> clauses = new ArrayList<>();

    private Filter(Dialect dialect) {
        this.dialect = dialect;
    }

    static Filter parse(String text, Dialect dialect) {
        Filter filter = new Filter(dialect);
        List<String> words = filter.words(text);
        int at = 0;
        boolean or = false;
        while (at < words.size()) {
            at = filter.clause(words, at, or);
            if (at < words.size()) {
                String joint = words.get(at++);
                if (!joint.equals("and") && !joint.equals("or")) {
                    throw filter.invalid("invalid clause composition");
                }
                or = joint.equals("or");
            }
        }
        return filter;
    }

    private ApiError invalid(String reason) {
        return new ApiError(dialect.badFilterCode(), "Invalid filter: " + reason);
    }

    private int clause(List<String> words, int start, boolean or) {
        int at = start;
        boolean negated = words.get(at).equals("not");
        if (negated) {
            at++;
        }
        if (at + 1 >= words.size()) {
            throw invalid("clause has no operator");
        }
        if (at + 2 >= words.size()) {
            throw invalid("clause has no value");
        }
        String operator = words.get(at + 1);
        if (!operator.equals("eq") && !operator.equals("ne")) {
            throw invalid("invalid operator \"" + operator + "\"");
        }
        boolean wanted = operator.equals("eq") != negated;
        clauses.add(new Clause(or, wanted, words.get(at), pattern(words.get(at + 2))));
        return at + 3;
    }

    private static @Nullable Pattern pattern(String value) {
        try {
            return Pattern.compile(value, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    /** Splits at blanks; a value with blanks stands in double quotes, and one without must not. */
    private List<String> words(String text) {
        List<String> words = new ArrayList<>();
        String[] parts = text.trim().split(" +", -1);
        for (int i = 0; i < parts.length && !text.isBlank(); i++) {
            StringBuilder word = new StringBuilder(parts[i]);
            if (parts[i].startsWith("\"")) {
                do {
                    if (++i == parts.length) {
                        throw invalid("unterminated quote");
                    }
                    word.append(' ').append(parts[i]);
                } while (!parts[i].endsWith("\""));
                words.add(word.substring(1, word.length() - 1));
            } else {
                words.add(word.toString());
            }
        }
        return words;
    }

    boolean matches(Map<String, Object> object) {
        boolean result = true;
        for (Clause clause : clauses) {
            boolean matches = clause.matches(object);
            result = clause.or() ? result || matches : result && matches;
        }
        return result;
    }

    /** Keys have dots themselves, so {@code config.user.bosh.agent} is the key {@code user.bosh.agent} of {@code config}. */
    private static @Nullable Object at(Map<?, ?> object, String field) {
        if (object.containsKey(field)) {
            return object.get(field);
        }
        int dot = field.indexOf('.');
        if (dot > 0 && object.get(field.substring(0, dot)) instanceof Map<?, ?> inner) {
            return at(inner, field.substring(dot + 1));
        }
        return null;
    }
}
