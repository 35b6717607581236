package io.boshcpi.lxd.client.transport;

import java.io.Closeable;
import java.io.IOException;

/**
 * Carries one request to the server and brings back the head of its answer. Safe for use by several threads.
 *
 * <p>A kept connection that turns out to be closed before the operating system has taken a byte of the request is
 * replaced by a new one, for any method; once a byte is out, no request is ever sent again here. Whether a failed
 * request may be repeated is for the caller to decide, with the help of {@link NotSentException}.
 */
public interface Transport extends Closeable {
    /**
     * Sends the call and reads the answer up to its body.
     *
     * @param deadlineNanos the {@link System#nanoTime()} after which everything, reading the body included, fails with
     *     {@link java.io.InterruptedIOException} or its subclass {@link java.net.SocketTimeoutException}
     * @return the answer, which the caller closes on every path
     * @throws NotSentException if the server cannot have seen the request
     * @throws IOException if the server may have seen, and may have done, what was asked; or the failure of the call's
     *     own body
     */
    HttpReply exchange(HttpCall call, long deadlineNanos) throws IOException;

    /** Closes all connections, those in use included. */
    @Override
    void close();
}
