package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/**
 * Sockets in Linux' abstract namespace, which have no file. LXD's proxy devices offer such sockets to containers.
 *
 * <p>The JDK cannot address them, so this is the one place that needs junixsocket. For all other sockets the JDK's own
 * channels do: they need no native library and start faster. This class is loaded only for a socket named {@code @...}.
 */
final class AbstractSockets {
    private AbstractSockets() {}

    static ChannelSocket connect(String name, long deadlineNanos) throws IOException {
        return ChannelSocket.connect(
                AFUNIXSocketChannel.open(), AFUNIXSocketAddress.inAbstractNamespace(name), deadlineNanos);
    }
}
