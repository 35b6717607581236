package io.boshcpi.lxd.fake;

/** A refusal: what becomes an error reply, or the failure of an operation if it is thrown inside one. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    ApiError(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    /** The same refusal as the callers up the server's stack tell it. */
    ApiError prefixed(String prefix) {
        return new ApiError(code, prefix + getMessage());
    }

    static ApiError badRequest(String message) {
        return new ApiError(400, message);
    }

    static ApiError notFound(String message) {
        return new ApiError(404, message);
    }

    static ApiError conflict(String message) {
        return new ApiError(409, message);
    }

    static ApiError internal(String message) {
        return new ApiError(500, message);
    }
}
