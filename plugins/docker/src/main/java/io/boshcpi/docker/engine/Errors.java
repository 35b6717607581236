package io.boshcpi.docker.engine;

import com.github.dockerjava.api.exception.DockerException;
import io.boshcpi.json.Json;
import io.boshcpi.json.MalformedJsonException;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Translates failures of the engine into the errors that a Director understands. */
public final class Errors {
    private static final String NO_SPACE = "no space left on device";

    private Errors() {}

    static RuntimeException translate(RuntimeException failure) {
        if (!(failure instanceof DockerException refused)) {
            return failure instanceof CpiException ? failure : ofAnswer(failure);
        }
        String message = message(refused);
        return new CpiException(
                typeOf(message), "The engine refused (HTTP " + refused.getHttpStatus() + "): " + message, refused);
    }

    /** The error for an answer that did not come to its end, or that makes no sense. */
    private static RuntimeException ofAnswer(RuntimeException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof LostAnswerException lost) {
                return lost.told();
            } else if (cause instanceof IOException) {
                return new CpiException(
                        ErrorType.CLOUD_ERROR, "The engine's answer cannot be read: " + cause.getMessage(), failure);
            }
        }
        return failure;
    }

    /**
     * The error for a failure of {@code create_vm}. The Director retries at once if the error says that this may help, so
     * only a failed connection says so.
     */
    public static RuntimeException ofVmCreation(RuntimeException failure) {
        RuntimeException translated = translate(failure);
        if (translated instanceof CpiException cpi && cpi.type() == ErrorType.CLOUD_ERROR) {
            return new CpiException(ErrorType.VM_CREATION_FAILED, cpi.okToRetry(), cpi.getMessage(), failure);
        }
        return translated;
    }

    /** The type of the error for a reason that an engine gives. */
    public static ErrorType typeOf(String reason) {
        return reason.contains(NO_SPACE) ? ErrorType.NO_DISK_SPACE : ErrorType.CLOUD_ERROR;
    }

    /** The engine's own words: the field {@code message} of its answer. */
    public static String message(DockerException refused) {
        String text = String.valueOf(refused.getMessage());
        int brace = text.indexOf('{');
        if (brace >= 0) {
            try {
                byte[] body = text.substring(brace).getBytes(StandardCharsets.UTF_8);
                if (Json.readObject(body).get("message") instanceof String message) {
                    return message.strip();
                }
            } catch (MalformedJsonException e) {
                return text;
            }
        }
        return text.strip();
    }
}
