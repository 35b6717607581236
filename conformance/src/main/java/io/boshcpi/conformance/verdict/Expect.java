package io.boshcpi.conformance.verdict;

import io.boshcpi.conformance.wire.CpiError;
import io.boshcpi.conformance.wire.Exchange;
import io.boshcpi.conformance.wire.Output;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds exchanges to what a rule expects; whatever differs ends the check with a {@link Ruling}. */
public final class Expect {
    /** Of some databases the columns are that wide. */
    private static final int LONGEST_CID = 255;

    private Expect() {}

    /** The condition, which the exchange shows. */
    public static void that(boolean kept, Exchange exchange, String expected) {
        if (!kept) {
            throw Ruling.broken(exchange, expected);
        }
    }

    /** A result instead of an error. */
    public static @Nullable Object success(Exchange exchange, String expected) {
        that(error(exchange).isEmpty(), exchange, expected);
        return exchange.answer().result();
    }

    /** The same of a method that a CPI need not have. */
    public static @Nullable Object ifOffered(Exchange exchange, String expected) {
        if (is(error(exchange), List.of("NotImplemented"))) {
            throw Ruling.notOffered(exchange);
        }
        return success(exchange, expected);
    }

    /** A boolean. */
    public static void flag(boolean wanted, Exchange exchange, String expected) {
        that(Boolean.valueOf(wanted).equals(success(exchange, expected)), exchange, expected);
    }

    /** A CID that BOSH can keep. */
    public static String cid(@Nullable Object result, Exchange exchange, String expected) {
        boolean usable = result instanceof String cid && !cid.isBlank() && cid.length() <= LONGEST_CID;
        that(usable, exchange, expected);
        return String.valueOf(result);
    }

    /**
     * An error of one of the types.
     *
     * @param types short names, such as {@code VMNotFound}; none if any will do
     */
    public static CpiError error(Exchange exchange, List<String> types, String expected) {
        Optional<CpiError> error = error(exchange);
        that(error.isPresent() && (types.isEmpty() || is(error, types)), exchange, expected);
        return error.orElseThrow();
    }

    /** An error of the type, of a method that a CPI need not have. */
    public static void errorIfOffered(Exchange exchange, String type, String expected) {
        if (is(error(exchange), List.of("NotImplemented")) || is(error(exchange), List.of("NotSupported"))) {
            throw Ruling.notOffered(exchange);
        }
        error(exchange, List.of(type), expected);
    }

    /** Success, or an error that every caller of the method tolerates. */
    public static void successOr(String tolerated, Exchange exchange, String expected) {
        Optional<CpiError> error = error(exchange);
        that(error.isEmpty() || is(error, List.of(tolerated)), exchange, expected);
    }

    private static boolean is(Optional<CpiError> error, List<String> types) {
        return error.isPresent() && types.stream().anyMatch(type -> error.get().is(type));
    }

    /** The error, if the answer can be read at all; what is wrong otherwise is the matter of the rules of the wire. */
    public static Optional<CpiError> error(Exchange exchange) {
        readable(exchange);
        return exchange.answer().error();
    }

    private static void readable(Exchange exchange) {
        if (exchange.answer().document().isEmpty()) {
            String why = exchange.output().end() == Output.End.EXITED
                    ? exchange.answer().flaw().orElse("there is no answer")
                    : "the call did not end by itself";
            throw Ruling.notJudged(exchange, exchange.request().method() + " has no readable answer: " + why);
        }
    }
}
