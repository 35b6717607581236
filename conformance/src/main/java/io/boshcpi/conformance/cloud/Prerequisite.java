package io.boshcpi.conformance.cloud;

import io.boshcpi.conformance.verdict.Ruling;
import io.boshcpi.conformance.wire.CpiError;
import io.boshcpi.conformance.wire.Exchange;

/** A call that a rule needs, and is not about. */
public final class Prerequisite {
    private Prerequisite() {}

    /** Without success the rule cannot be judged. */
    public static void of(Exchange exchange) {
        if (!isMet(exchange)) {
            throw Ruling.notJudged(exchange, exchange.request().method() + " failed" + reason(exchange));
        }
    }

    static boolean isMet(Exchange exchange) {
        return exchange.answer().document().isPresent()
                && exchange.answer().error().isEmpty();
    }

    static String reason(Exchange exchange) {
        return exchange.answer()
                .error()
                .map(CpiError::message)
                .map(why -> ": " + why)
                .orElse("");
    }
}
