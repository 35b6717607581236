package io.boshcpi.lxd.fake.server;

/** The request kills the server: its connections break and it forgets its operations. */
public final class ServerPanic extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ServerPanic(String message) {
        super(message);
    }
}
