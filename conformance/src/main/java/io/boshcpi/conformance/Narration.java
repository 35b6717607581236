package io.boshcpi.conformance;

import io.boshcpi.conformance.rules.Rule;
import io.boshcpi.conformance.verdict.Verdict;
import io.boshcpi.conformance.wire.Exchange;
import io.boshcpi.conformance.wire.Output;
import io.boshcpi.conformance.wire.Secrets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A verdict in words that can be shown: without secrets and control characters, and of a bearable length. */
final class Narration {
    private static final int LONGEST = 3000;

    private final Secrets secrets;

    Narration(Secrets secrets) {
        this.secrets = secrets;
    }

    /** What there is to say, by the name of its kind; empty for a rule that is kept. */
    Map<String, String> of(Rule rule, Verdict verdict) {
        Map<String, String> parts = new LinkedHashMap<>();
        if (!verdict.kind().isBad()) {
            return parts;
        }
        parts.put("rule", rule.text());
        parts.put("source", rule.source());
        parts.put(verdict.kind() == Verdict.Kind.FAILED ? "expected" : "reason", shown(verdict.text()));
        Exchange exchange = verdict.exchange();
        if (exchange != null) {
            parts.put("request", shown(exchange.request().text()));
            parts.put("answer", shown(exchange.output().text().strip()));
            parts.put("end", end(exchange.output()));
            if (!exchange.output().stderr().isBlank()) {
                parts.put("stderr", shown(exchange.output().stderr().strip()));
            }
        }
        return parts;
    }

    private static String end(Output output) {
        return switch (output.end()) {
            case EXITED -> "exit code " + output.exitCode();
            case TIMED_OUT -> "killed after the time that a call may take";
            case STREAM_OPEN -> "exit code " + output.exitCode() + ", stdout still open";
            case NOT_STARTED -> "not started";
        };
    }

    /** The text as it may be shown. */
    String shown(String text) {
        String redacted = secrets.redact(text);
        String cut = redacted.length() <= LONGEST
                ? redacted
                : redacted.substring(0, LONGEST) + "… (" + redacted.length() + " characters)";
        StringBuilder plain = new StringBuilder();
        cut.codePoints().forEach(c -> plain.appendCodePoint(isPlain(c) ? c : '\uFFFD'));
        return plain.toString();
    }

    /** What both a terminal and XML can bear. */
    private static boolean isPlain(int c) {
        if (c == '\n' || c == '\t') {
            return true;
        }
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return !Character.isISOControl(c) && !surrogate && c != 0xfffe && c != 0xffff;
    }
}
