package io.boshcpi.core.call;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;

/**
 * Does on another thread what takes the JDK long and nearly every provider needs next, while the caller loads the plugins:
 * the first Unix socket of a process loads the security providers, as TLS does. This makes a cold call a tenth faster.
 *
 * <p>The caller waits for it before the provider is made, so that the two threads never meet in the initialisation of a
 * class. A class of its own and not a lambda, the first of which would cost a call most of what this wins.
 */
final class HeadStart extends Thread {
    private HeadStart() {
        super("head-start");
        setDaemon(true);
    }

    static HeadStart begin() {
        HeadStart start = new HeadStart();
        start.start();
        return start;
    }

    @Override
    public void run() {
        try {
            SocketChannel.open(StandardProtocolFamily.UNIX).close();
        } catch (IOException | UnsupportedOperationException e) {
            // A provider may do without Unix sockets; one that needs them fails later with a clear error.
        }
    }

    void await() {
        try {
            join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
