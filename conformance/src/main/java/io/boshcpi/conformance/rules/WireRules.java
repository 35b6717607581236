package io.boshcpi.conformance.rules;

import io.boshcpi.conformance.cloud.World;
import io.boshcpi.conformance.verdict.Ruling;
import io.boshcpi.conformance.wire.Exchange;
import io.boshcpi.conformance.wire.Output.End;
import io.boshcpi.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What holds for every call; judged at the end, over all calls of the run. */
final class WireRules {
    private static final Set<String> KNOWN_TYPES = Set.of(
            "CpiError",
            "NotSupported",
            "NotImplemented",
            "CloudError",
            "VMNotFound",
            "NetworkNotFound",
            "NoDiskSpace",
            "DiskNotAttached",
            "DiskNotFound",
            "VMCreationFailed");

    private WireRules() {}

    /** What an exchange has against a rule. */
    @FunctionalInterface
    private interface Complaint {
        Optional<String> of(Exchange exchange);
    }

    static List<Rule> all() {
        return List.of(
                rule(
                        "wire.ends",
                        "A call ends, and nothing that it leaves behind holds stdout open: the callers wait for its end without"
                                + " limit",
                        Sources.INVOKES,
                        WireRules::ends),
                rule(
                        "wire.exit-code",
                        "The exit code is 0, also when the answer is an error; otherwise the CLI throws the answer away",
                        Sources.CLI_RUNS,
                        WireRules::exitCode),
                rule(
                        "wire.one-document",
                        "stdout is exactly one JSON object in UTF-8",
                        Sources.VALIDATES,
                        WireRules::oneDocument),
                rule(
                        "wire.keys",
                        "The answer has the keys result, error and log, and log is a string",
                        Sources.VALIDATES,
                        WireRules::keys),
                rule(
                        "wire.error-keys",
                        "error is null, or has the strings type and message and the boolean ok_to_retry",
                        Sources.VALIDATES,
                        WireRules::errorKeys),
                rule(
                        "wire.error-type",
                        "The type of an error is one that the Director knows",
                        Sources.HANDLES_ERRORS,
                        WireRules::errorType),
                new Rule(
                        "wire.secrets-of-requests",
                        "Secrets of a request (env, certificates, CPI config) are nowhere in answer and stderr, which the"
                                + " Director logs as they are",
                        Sources.INVOKES,
                        world -> judge(
                                world,
                                exchange -> world.secrets()
                                        .placeOfPlanted(exchange)
                                        .map(place -> "no secret of the request in " + place))),
                new Rule(
                        "wire.secrets-of-configuration",
                        "Secrets of the CPI's configuration are nowhere in answer and stderr",
                        Sources.INVOKES,
                        WireRules::configured));
    }

    private static Rule rule(String id, String text, String source, Complaint complaint) {
        return new Rule(id, text, source, world -> judge(world, complaint));
    }

    private static void judge(World world, Complaint complaint) {
        world.callers().info();
        for (Exchange exchange : world.callers().journal().exchanges()) {
            complaint.of(exchange).ifPresent(expected -> {
                throw Ruling.broken(exchange, expected);
            });
        }
    }

    private static void configured(World world) {
        if (!world.secrets().hasConfigured()) {
            throw Ruling.notRun("--config names no file, or none with a secret that the kit recognizes");
        }
        judge(
                world,
                exchange -> world.secrets()
                        .placeOfConfigured(exchange)
                        .map(place -> "no secret of the configuration in " + place));
    }

    private static Optional<String> ends(Exchange exchange) {
        return switch (exchange.output().end()) {
            case TIMED_OUT -> Optional.of("an end of the call before the time that --timeout gives it");
            case STREAM_OPEN ->
                Optional.of("the end of stdout with the process; something that it started holds it open");
            default -> Optional.empty();
        };
    }

    private static boolean ended(Exchange exchange) {
        return exchange.output().end() == End.EXITED;
    }

    private static Optional<String> exitCode(Exchange exchange) {
        return ended(exchange) && exchange.output().exitCode() != 0
                ? Optional.of("exit code 0 instead of " + exchange.output().exitCode())
                : Optional.empty();
    }

    private static Optional<String> oneDocument(Exchange exchange) {
        return ended(exchange)
                ? exchange.answer().flaw().map(flaw -> "one JSON object, but " + flaw)
                : Optional.empty();
    }

    private static Optional<String> keys(Exchange exchange) {
        Optional<Map<String, @Nullable Object>> document = exchange.answer().document();
        if (document.isEmpty()) {
            return Optional.empty();
        }
        for (String key : List.of("result", "error", "log")) {
            if (!document.get().containsKey(key)) {
                return Optional.of("the key " + key);
            }
        }
        return document.get().get("log") instanceof String
                ? Optional.empty()
                : Optional.of("a log that is a string, empty if there is nothing to say");
    }

    private static Optional<String> errorKeys(Exchange exchange) {
        Object error = exchange.answer().document().orElse(Map.of()).get("error");
        if (error == null) {
            return Optional.empty();
        }
        Map<String, ?> members = Json.members(error);
        boolean right = members.get("type") instanceof String
                && members.get("message") instanceof String
                && members.get("ok_to_retry") instanceof Boolean;
        return right
                ? Optional.empty()
                : Optional.of("an error with the strings type and message and the boolean ok_to_retry");
    }

    /** The CLI alone knows the type of a missing stemcell, and where it stands nothing else does harm. */
    private static Optional<String> errorType(Exchange exchange) {
        return exchange.answer()
                .error()
                .filter(error -> !error.type().isEmpty())
                .filter(error -> !error.is("NotImplemented"))
                .filter(error -> KNOWN_TYPES.stream().noneMatch(error::is))
                .map(error -> "a type that the Director knows instead of " + error.type());
    }
}
