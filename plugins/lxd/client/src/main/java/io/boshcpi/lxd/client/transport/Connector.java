package io.boshcpi.lxd.client.transport;

/** Opens connections to one server. Safe for use by several threads. */
interface Connector {
    /** Opens a connection that is ready for a request. */
    Connection connect(long deadlineNanos) throws NotSentException;
}
