package io.boshcpi.conformance.verdict;

import io.boshcpi.conformance.wire.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What became of a rule.
 *
 * @param text what was expected, or why the rule was not judged; empty if it was kept
 * @param exchange what the text is about
 */
public record Verdict(Kind kind, String text, @Nullable Exchange exchange) {
    /** The kinds. */
    public enum Kind {
        /** The CPI keeps the rule. */
        PASSED("passed"),
        /** The CPI breaks the rule. */
        FAILED("FINDING"),
        /** The CPI does not offer what the rule is about, and need not. */
        NOT_OFFERED("not offered"),
        /** The kit was not given what it needs for the rule. */
        NOT_RUN("not run"),
        /** Something else failed before the rule could be judged. */
        NOT_JUDGED("NOT JUDGED");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }

        /** Whether the run as a whole has not passed. */
        public boolean isBad() {
            return this == FAILED || this == NOT_JUDGED;
        }
    }

    /** The rule is kept. */
    public static Verdict passed() {
        return new Verdict(Kind.PASSED, "", null);
    }
}
