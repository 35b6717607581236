package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/**
 * Sockets in Linux' abstract name space, which have no file and which the JDK cannot address: junixsocket can. LXD's proxy
 * devices offer such sockets, and a client in a container of its own may be given one. This class is loaded only then.
 */
final class AbstractSockets {
    private AbstractSockets() {}

    static ChannelSocket connect(String name, long deadlineNanos) throws IOException {
        return ChannelSocket.connect(
                AFUNIXSocketChannel.open(), AFUNIXSocketAddress.inAbstractNamespace(name), deadlineNanos);
    }
}
