package io.boshcpi.lxd.client.transport;

import java.io.Closeable;
import java.io.IOException;

/**
 * Carries one request to the server and brings back the head of its answer.
 *
 * <p>Safe for use by several threads. A request is sent at most once, with one exception: a {@code GET} that found its
 * kept connection dead is sent again on a new one. Whether a failed request may be repeated is otherwise for the caller to
 * judge, and {@link NotSentException} is what helps it to.
 */
public interface Transport extends Closeable {
    /**
     * Sends the call and reads the answer up to its body.
     *
     * @param deadlineNanos the {@link System#nanoTime()} after which everything, reading the body included, fails with
     *     {@link java.io.InterruptedIOException} or its subclass {@link java.net.SocketTimeoutException}
     * @return the answer, which the caller closes on every path
     * @throws NotSentException if the server cannot have seen the request
     * @throws IOException if the server may have seen, and may have done, what was asked
     */
    HttpReply exchange(HttpCall call, long deadlineNanos) throws IOException;

    /** Closes all connections, those in use included. */
    @Override
    void close();
}
