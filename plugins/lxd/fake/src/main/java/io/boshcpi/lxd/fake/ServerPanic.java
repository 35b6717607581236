package io.boshcpi.lxd.fake;

/** The request kills the server: its connections break and it forgets its operations. */
final class ServerPanic extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServerPanic(String message) {
        super(message);
    }
}
