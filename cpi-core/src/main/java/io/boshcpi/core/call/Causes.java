package io.boshcpi.core.call;

/** What led to a failure that was foreseen: who reads the log wants the reasons, not the stacks. */
final class Causes {
    private Causes() {}

    /** A line for each cause and each failure of the clean-up. */
    static String of(Throwable failure) {
        StringBuilder text = new StringBuilder("What led to the failure:");
        append(text, failure, "");
        return text.toString();
    }

    private static void append(StringBuilder text, Throwable failure, String indent) {
        for (Throwable suppressed : failure.getSuppressed()) {
            text.append('\n').append(indent).append("  besides: ").append(suppressed);
            append(text, suppressed, indent + "  ");
        }
        Throwable cause = failure.getCause();
        if (cause != null) {
            text.append('\n').append(indent).append("  because: ").append(cause);
            append(text, cause, indent);
        }
    }
}
