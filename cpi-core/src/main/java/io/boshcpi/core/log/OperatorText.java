package io.boshcpi.core.log;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/**
 * Failures in words for an operator: without the names of Java's classes, and with every control character visible, so
 * that no value can pass for a line of the log or move the cursor of a terminal.
 *
 * <p>Secrets are redacted before a text comes here: an escape in its middle, or a cut, would hide a secret from the
 * redactor.
 */
public final class OperatorText {
    private static final int MAX_CAUSES = 20;

    private OperatorText() {}

    /** What a failure says, or what its kind says if it has no message, or only the name of a file. */
    public static String of(Throwable failure) {
        if (failure instanceof NoSuchFileException || failure instanceof AccessDeniedException) {
            String reason = failure instanceof NoSuchFileException ? "no such file" : "permission denied";
            return failure.getMessage() + ": " + reason;
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? inWords(failure.getClass().getName()) : message;
    }

    /** What led to a failure, a line for each cause and for each failure of the clean-up; empty if nothing did. */
    public static List<String> causes(Throwable failure) {
        List<String> lines = new ArrayList<>();
        addCauses(lines, failure, "  ");
        return lines;
    }

    private static void addCauses(List<String> lines, Throwable failure, String indent) {
        for (Throwable suppressed : failure.getSuppressed()) {
            lines.add(indent + "besides: " + of(suppressed));
            addCauses(lines, suppressed, indent + "  ");
        }
        Throwable cause = failure.getCause();
        if (cause != null && lines.size() < MAX_CAUSES) {
            lines.add(indent + "because: " + of(cause));
            addCauses(lines, cause, indent);
        }
    }

    /** The text without the qualified names of exceptions that Java's own messages begin with, or consist of. */
    public static String withoutClassNames(String text) {
        if (!text.contains("Exception") && !text.contains("Error")) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && isPartOfName(text.charAt(end))) {
                end++;
            }
            int name = end > at && text.charAt(end - 1) == '.' ? end - 1 : end;
            if (!isException(text, at, name)) {
                end = Math.max(end, at + 1);
                clean.append(text, at, end);
            } else if (text.startsWith(": ", name)) {
                end = name + 2;
            } else {
                end = name;
                clean.append(inWords(text.substring(at, name)));
            }
            at = end;
        }
        return clean.toString();
    }

    private static boolean isPartOfName(char c) {
        return c == '.' || c == '$' || c == '_' || Character.isLetterOrDigit(c);
    }

    private static boolean isException(String text, int start, int end) {
        int dot = text.lastIndexOf('.', end - 1);
        return dot > start
                && dot + 1 < end
                && Character.isUpperCase(text.charAt(dot + 1))
                && (text.startsWith("Exception", end - 9) || text.startsWith("Error", end - 5));
    }

    /** {@code java.nio.channels.ClosedChannelException}: closed channel. */
    private static String inWords(String className) {
        String simple = className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
        for (String end : new String[] {"Exception", "Error"}) {
            simple = simple.endsWith(end) ? simple.substring(0, simple.length() - end.length()) : simple;
        }
        if (simple.isEmpty() || simple.equals("IO") || simple.equals("UncheckedIO")) {
            return simple.isEmpty() ? "failure" : "I/O failure";
        }
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < simple.length(); i++) {
            char c = simple.charAt(i);
            boolean next = i + 1 < simple.length() && Character.isLowerCase(simple.charAt(i + 1));
            boolean before = i > 0 && Character.isLowerCase(simple.charAt(i - 1));
            if (i > 0 && Character.isUpperCase(c) && (next || before)) {
                words.append(' ');
            }
            words.append(next || before ? Character.toLowerCase(c) : c);
        }
        return words.toString();
    }

    /** A redacted text as a person may see it: without class names and control characters. */
    public static String shown(String redacted) {
        return printable(withoutClassNames(redacted));
    }

    /** The text with control characters, line ends and marks of direction as escapes. */
    public static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~';
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (isPlain(c) || isVisible(c)) {
                        escaped.append(c);
                    } else {
                        String digits = Integer.toHexString(c);
                        escaped.append("\\u")
                                .append("0000", 0, 4 - digits.length())
                                .append(digits);
                    }
                }
            }
        }
        return escaped.toString();
    }

    private static boolean isVisible(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** A text of at most that length; of a longer one the middle is left out, and a note stands there. */
    public static String shortened(String text, int max, String note) {
        if (text.length() <= max) {
            return text;
        }
        int tail = max / 4;
        return text.substring(0, max - tail) + " [… " + note + " …] " + text.substring(text.length() - tail);
    }
}
