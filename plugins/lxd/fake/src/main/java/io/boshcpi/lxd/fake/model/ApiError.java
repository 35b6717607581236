package io.boshcpi.lxd.fake.model;

/** A refusal: what becomes an error reply, or the failure of an operation if it is thrown inside one. */
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    public ApiError(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public int code() {
        return code;
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    /** Takes a step whose refusals begin with these words, as the callers up the server's stack add theirs. */
    public static void prefixed(String prefix, Runnable step) {
        try {
            step.run();
        } catch (ApiError e) {
            throw new ApiError(e.code, prefix + e.text());
        }
    }

    public static ApiError badRequest(String message) {
        return new ApiError(400, message);
    }

    public static ApiError notFound(String message) {
        return new ApiError(404, message);
    }

    public static ApiError conflict(String message) {
        return new ApiError(409, message);
    }

    public static ApiError internal(String message) {
        return new ApiError(500, message);
    }
}
