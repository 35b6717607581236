package io.boshcpi.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Describes one key that an operator can write: in cloud properties, or in a section of the configuration.
 *
 * <p>The description is data. The host and the providers check what an operator wrote with it, {@code cpi plugins
 * --options} prints it, and the documentation is made of it. Immutable; each {@code with} method returns a changed copy.
 *
 * <pre>{@code
 * Option.integer("replicas", "number of copies that the pool keeps").withDefault(3).withRange(1, 5)
 * }</pre>
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class Option {
    /** What the value of a key is. */
    @API(status = API.Status.STABLE, since = "1.0")
    public enum Kind {
        /** Text; a number and a boolean are taken as they are written. */
        STRING("string"),
        /** A whole number, which may be written as a string where it goes to a server as one. */
        INTEGER("whole number"),
        /** A number that may have a fraction. */
        DECIMAL("number"),
        /** {@code true} or {@code false}, which may be written as a string where it goes to a server as one. */
        BOOLEAN("true or false"),
        /** A number with a unit, such as {@code 30s}; see {@link PropertyTree#duration}. */
        DURATION("duration"),
        /** A list of texts. */
        STRINGS("list of strings"),
        /** A nested hash. */
        HASH("hash");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The kind in the words of the documentation: {@code "whole number"}. */
        public String words() {
            return words;
        }
    }

    private final String name;
    private final Kind kind;
    private final String description;
    private final Details details;

    /** What most options have none of. */
    private record Details(
            boolean required, @Nullable Object defaultValue, List<String> allowed, long least, long most) {
        static final Details NONE = new Details(false, null, List.of(), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private Option(String name, Kind kind, String description, Details details) {
        this.name = name;
        this.kind = kind;
        this.description = description;
        this.details = details;
    }

    /**
     * An option of any kind.
     *
     * @param name the key, such as {@code "zfs.blocksize"}
     * @param description what the value means, beginning in lower case and without a full stop, in Markdown
     */
    public static Option of(String name, Kind kind, String description) {
        if (name.isBlank() || description.isBlank()) {
            throw new IllegalArgumentException("An option has a name and a description");
        }
        return new Option(name, kind, description, Details.NONE);
    }

    /** An option whose value is text. */
    public static Option string(String name, String description) {
        return of(name, Kind.STRING, description);
    }

    /** An option whose value is a whole number. */
    public static Option integer(String name, String description) {
        return of(name, Kind.INTEGER, description);
    }

    /** An option whose value is true or false. */
    public static Option bool(String name, String description) {
        return of(name, Kind.BOOLEAN, description);
    }

    /** An option whose value is a duration. */
    public static Option duration(String name, String description) {
        return of(name, Kind.DURATION, description);
    }

    /** An option whose value is a list of texts. */
    public static Option strings(String name, String description) {
        return of(name, Kind.STRINGS, description);
    }

    /** An option whose value is a nested hash. */
    public static Option hash(String name, String description) {
        return of(name, Kind.HASH, description);
    }

    /** This option, which an operator cannot leave out. */
    public Option required() {
        return with(new Details(true, null, details.allowed, details.least, details.most));
    }

    /**
     * This option with the value that {@link PropertyTree#bind(Class, Options)} takes where the key is absent.
     *
     * @param value the value as an operator would write it: {@code "30s"}, {@code 3}, {@code true}
     */
    public Option withDefault(Object value) {
        Option changed = with(new Details(false, value, details.allowed, details.least, details.most));
        changed.check(PropertyTree.of("", Map.of(name, value)));
        return changed;
    }

    /** This option, whose value is one of these, or whose list holds nothing but these. */
    public Option withAllowed(String... values) {
        return with(new Details(details.required, details.defaultValue, List.of(values), details.least, details.most));
    }

    /**
     * This option, whose whole number lies within a range.
     *
     * @param least the smallest number that is allowed
     * @param most the largest number that is allowed
     */
    public Option withRange(long least, long most) {
        return with(new Details(details.required, details.defaultValue, details.allowed, least, most));
    }

    private Option with(Details changed) {
        return new Option(name, kind, description, changed);
    }

    /** The key. */
    public String name() {
        return name;
    }

    /** What the value is. */
    public Kind kind() {
        return kind;
    }

    /** What the value means, in Markdown. */
    public String description() {
        return description;
    }

    /** Whether an operator cannot leave the key out. */
    public boolean isRequired() {
        return details.required;
    }

    /** The value that stands in for an absent key, as an operator would write it. */
    public Optional<Object> defaultValue() {
        return Optional.ofNullable(details.defaultValue);
    }

    /** The values that are allowed; empty if any is. */
    public List<String> allowed() {
        return details.allowed;
    }

    /**
     * Checks the value of this option's key, if it has one.
     *
     * @throws CpiException that names the place, what is wrong and what would be right
     */
    void check(PropertyTree tree) {
        if (!tree.has(name)) {
            if (details.required) {
                throw tree.wrong(name, "is missing");
            }
            return;
        }
        switch (kind) {
            case STRING -> checkAllowed(tree, tree.string(name).orElse(""));
            case INTEGER -> checkRange(tree, wholeNumber(tree));
            case DECIMAL -> tree.decimal(name);
            case BOOLEAN -> checkBoolean(tree);
            case DURATION -> tree.duration(name);
            case STRINGS -> checkAllowed(tree, tree.strings(name));
            case HASH -> tree.section(name);
        }
    }

    /** A number; what goes to a server as a string anyway may be written as one, too. */
    private long wholeNumber(PropertyTree tree) {
        if (tree.get(name).orElse(0L) instanceof String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw tree.wrong(name, "must be a whole number, but is a string");
            }
        }
        return tree.integer(name).orElse(0L);
    }

    private void checkBoolean(PropertyTree tree) {
        Object value = tree.get(name).orElse(true);
        if (!value.equals("true") && !value.equals("false")) {
            tree.bool(name);
        }
    }

    private void checkAllowed(PropertyTree tree, List<String> values) {
        for (String value : values) {
            checkAllowed(tree, value);
        }
    }

    private void checkAllowed(PropertyTree tree, String value) {
        if (!details.allowed.isEmpty() && !details.allowed.contains(value)) {
            String has = kind == Kind.STRINGS ? "has \"" + value + "\", which " : "";
            throw tree.wrong(name, has + "is not one of " + String.join(", ", details.allowed));
        }
    }

    private void checkRange(PropertyTree tree, long value) {
        if (value < details.least || value > details.most) {
            String bounds = details.most == Long.MAX_VALUE
                    ? "at least " + details.least
                    : details.least + " to " + details.most;
            throw tree.wrong(name, "is " + value + ", but must be " + bounds);
        }
    }

    /** The limits of the value in words, such as {@code "ext4, xfs or btrfs"}; empty if there are none. */
    public String limits() {
        if (!details.allowed.isEmpty()) {
            return "one of " + String.join(", ", details.allowed);
        }
        if (details.least == Long.MIN_VALUE) {
            return "";
        }
        return details.most == Long.MAX_VALUE ? "at least " + details.least : details.least + " to " + details.most;
    }

    @Override
    public String toString() {
        return name + " (" + kind.words + ")";
    }
}
