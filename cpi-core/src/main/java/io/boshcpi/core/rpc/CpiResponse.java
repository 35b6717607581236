package io.boshcpi.core.rpc;

import io.boshcpi.core.log.OperatorText;
import io.boshcpi.json.Json;
import io.boshcpi.spi.ErrorType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a call. All three keys are always there: the Director refuses an answer that lacks one.
 *
 * @param result what the method returned; {@code null} if it failed or returns nothing
 * @param error why it failed, or {@code null}
 */
public record CpiResponse(@Nullable Object result, @Nullable Failure error) {
    /** Beyond this an operator stops reading, and the Director reads byte by byte. */
    private static final int MAX_MESSAGE_LENGTH = 4000;

    private static final byte[] LAST_RESORT = ("{\"result\":null,\"error\":{\"type\":\"Bosh::Clouds::CpiError\","
                    + "\"message\":\"The CPI ran out of memory or stack\",\"ok_to_retry\":false},\"log\":\"\"}\n")
            .getBytes(StandardCharsets.UTF_8);

    /**
     * An error as the Director sees it.
     *
     * @param type decides what the Director does
     * @param message for the operator, free of secrets
     * @param okToRetry whether the same call may succeed when it is made again
     */
    public record Failure(ErrorType type, String message, boolean okToRetry) {}

    /** The answer of a method that succeeded. */
    public static CpiResponse of(@Nullable Object result) {
        return new CpiResponse(result, null);
    }

    /**
     * The answer of a method that failed.
     *
     * @param message free of secrets; a long one is shortened, since redaction has to come first
     */
    public static CpiResponse failed(ErrorType type, String message, boolean okToRetry) {
        String bounded =
                OperatorText.shortened(OperatorText.shown(message), MAX_MESSAGE_LENGTH, "the log has the rest");
        return new CpiResponse(null, new Failure(type, bounded, okToRetry));
    }

    /** A response, made already, for when there is not even the memory to say what happened. */
    public static byte[] lastResort() {
        return LAST_RESORT.clone();
    }

    /** The response as one line of JSON in UTF-8, with a newline at its end. */
    public byte[] toBytes() {
        Map<String, @Nullable Object> response = new LinkedHashMap<>();
        response.put("result", result);
        response.put("error", error == null ? null : errorObject(error));
        response.put("log", ""); // What is logged goes to stderr; the Director would show it twice.
        return (Json.write(response) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> errorObject(Failure error) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", error.type().wireName());
        object.put("message", error.message());
        object.put("ok_to_retry", error.okToRetry());
        return object;
    }
}
