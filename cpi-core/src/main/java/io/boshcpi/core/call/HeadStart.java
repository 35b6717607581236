package io.boshcpi.core.call;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;

/**
 * Has another thread do what takes the JDK long and nearly every provider needs next, while this one loads the plugins:
 * the first Unix socket of a process brings the security providers along, as TLS does. A cold call is a tenth faster so.
 *
 * <p>It is waited for before the provider is made, so that the two threads never meet in the initialisation of a class.
 */
final class HeadStart {
    private final Thread thread = new Thread(HeadStart::openSocket, "head-start");

    private HeadStart() {}

    static HeadStart begin() {
        HeadStart start = new HeadStart();
        start.thread.setDaemon(true);
        start.thread.start();
        return start;
    }

    private static void openSocket() {
        try {
            SocketChannel.open(StandardProtocolFamily.UNIX).close();
        } catch (IOException | UnsupportedOperationException e) {
            // Who needs a Unix socket will say so; a provider may well do without.
        }
    }

    void await() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
