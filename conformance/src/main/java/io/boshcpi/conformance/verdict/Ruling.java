package io.boshcpi.conformance.verdict;

import io.boshcpi.conformance.verdict.Verdict.Kind;
import io.boshcpi.conformance.wire.Exchange;

/** Ends the check of a rule with a verdict. */
public final class Ruling extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Verdict verdict;

    private Ruling(Verdict verdict) {
        super(verdict.text());
        this.verdict = verdict;
    }

    /** The rule is broken. */
    public static Ruling broken(Exchange exchange, String expected) {
        return new Ruling(new Verdict(Kind.FAILED, expected, exchange));
    }

    /** The CPI does not have that, and need not. */
    public static Ruling notOffered(Exchange exchange) {
        return new Ruling(new Verdict(
                Kind.NOT_OFFERED, exchange.request().method() + " is answered with NotImplemented", exchange));
    }

    /** The kit lacks something. */
    public static Ruling notRun(String why) {
        return new Ruling(new Verdict(Kind.NOT_RUN, why, null));
    }

    /** What the rule is about could not be reached. */
    public static Ruling notJudged(Exchange exchange, String why) {
        return new Ruling(new Verdict(Kind.NOT_JUDGED, why, exchange));
    }

    public Verdict verdict() {
        return verdict;
    }
}
