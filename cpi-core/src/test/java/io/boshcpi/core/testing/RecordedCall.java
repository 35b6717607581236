package io.boshcpi.core.testing;

import io.boshcpi.core.rpc.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call that a Director or the CLI made, and what another CPI answered.
 *
 * @param operation the command that caused it
 * @param environment all that the CPI's process was given
 */
public record RecordedCall(
        String operation, Map<String, String> environment, Map<String, Object> request, Map<String, Object> response) {
    /** What a Director gives a process, if the recording does not say. */
    public static final Map<String, String> DIRECTORS_ENVIRONMENT = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");

    /** The calls in {@code requests.jsonl}: those of a real Director and of a real {@code create-env}. */
    public static List<RecordedCall> all() {
        return in("requests.jsonl");
    }

    /** The calls in a file of the test's resources. */
    public static List<RecordedCall> in(String file) {
        try (InputStream resource = RecordedCall.class.getResourceAsStream("/" + file)) {
            String text = new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
            List<RecordedCall> calls = new ArrayList<>();
            text.lines().forEach(line -> calls.add(of(line)));
            return calls;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The operations in the order in which they were recorded. */
    public static Set<String> operations(List<RecordedCall> calls) {
        Set<String> operations = new LinkedHashSet<>();
        calls.forEach(call -> operations.add(call.operation()));
        return operations;
    }

    /** The calls of one operation. */
    public static List<RecordedCall> of(List<RecordedCall> calls, String operation) {
        return calls.stream().filter(call -> call.operation().equals(operation)).toList();
    }

    @SuppressWarnings("unchecked") // as the recorder writes it
    private static RecordedCall of(String line) {
        Map<String, Object> call =
                (Map<String, Object>) object(Documents.read("a call", line.getBytes(StandardCharsets.UTF_8)));
        return new RecordedCall(
                String.valueOf(call.get("operation")),
                (Map<String, String>) call.getOrDefault("env", DIRECTORS_ENVIRONMENT),
                (Map<String, Object>) object(call.get("request")),
                (Map<String, Object>) object(call.get("response")));
    }

    private static Object object(@Nullable Object value) {
        return Objects.requireNonNull(value);
    }

    /** The arguments. */
    public List<?> arguments() {
        return (List<?>) Objects.requireNonNull(request.get("arguments"));
    }

    /** The method. */
    public String method() {
        return String.valueOf(request.get("method"));
    }
}
