package io.boshcpi.core.resident;

import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.LogLevel;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/**
 * Accepts launchers and reads their requests, in one thread that never waits for one of them; complete requests go to
 * {@link Calls}.
 *
 * <p>A call is accepted or refused before its request is sent. A stopped listener refuses all calls and ends when the
 * accepted ones are answered.
 */
final class Listener {
    private static final long GREETING_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final SocketFile socket;
    private final Doorkeeper doorkeeper;
    private final Calls calls;
    private final CallLog log;
    private final Selector selector;
    private volatile boolean stopping;

    Listener(SocketFile socket, Doorkeeper doorkeeper, Calls calls, CallLog log) throws IOException {
        this.socket = socket;
        this.doorkeeper = doorkeeper;
        this.calls = calls;
        this.log = log;
        this.selector = Selector.open();
        socket.channel().configureBlocking(false);
        socket.channel().register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Has {@link #run} accept no more calls and return when the last is answered. */
    void stop() {
        stopping = true;
        selector.wakeup();
    }

    /** Listens until it is stopped. */
    void run() throws IOException {
        boolean closed = false;
        while (!closed || !calls.isIdle()) {
            selector.select(TimeUnit.NANOSECONDS.toMillis(GREETING_NANOS));
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isValid() && key.isAcceptable()) {
                    acceptAll();
                } else if (key.isValid() && key.attachment() instanceof Connection connection) {
                    receive(key, connection);
                }
            }
            selector.selectedKeys().clear();
            closeSilent();
            if (stopping && !closed) {
                closed = true;
                socket.close();
            }
        }
        selector.close();
    }

    private void acceptAll() throws IOException {
        for (SocketChannel channel = socket.channel().accept();
                channel != null;
                channel = socket.channel().accept()) {
            if (isOwner(channel)) {
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new Connection(channel));
            } else {
                channel.close();
            }
        }
    }

    /** The socket's mode keeps other users out, except for root, whose calls must not run as this user. */
    private boolean isOwner(SocketChannel channel) {
        try {
            UserPrincipal peer =
                    channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
            return peer.equals(socket.owner());
        } catch (IOException | UnsupportedOperationException e) {
            log.log(LogLevel.WARN, "Cannot determine the caller's identity; rejecting the call", e);
            return false;
        }
    }

    private void receive(SelectionKey key, Connection connection) {
        try {
            boolean ended = connection.read();
            Greeting caller = connection.caller();
            if (caller == null) {
                if (connection.hasGreeted()) {
                    greet(key, connection);
                } else if (ended) {
                    hangUp(key, connection);
                }
            } else if (ended) {
                key.cancel();
                serve(connection, caller);
            }
        } catch (IOException e) {
            hangUp(key, connection);
        }
    }

    private void greet(SelectionKey key, Connection connection) throws IOException {
        Greeting greeting = connection.greeting();
        String objection = stopping ? "the host is being stopped" : doorkeeper.objection(greeting);
        if (greeting != null && objection == null) {
            if (calls.admit()) {
                connection.accept(greeting);
                return;
            }
            objection = "the host has too many calls under way";
        }
        log.log(LogLevel.DEBUG, "Refused a call: " + objection);
        connection.refuse(String.valueOf(objection));
        hangUp(key, connection);
    }

    /** A launcher that ends without a request did not wait for the answer to its greeting and makes a cold call. */
    private void serve(Connection connection, Greeting caller) {
        if (connection.request().length > 0) {
            calls.answer(connection, caller, selector::wakeup);
        } else {
            connection.close();
            calls.dismiss();
        }
    }

    private void hangUp(SelectionKey key, Connection connection) {
        key.cancel();
        connection.close();
        if (connection.isAccepted()) {
            calls.dismiss();
        }
    }

    /** A launcher greets at once; a silent peer is not one. */
    private void closeSilent() {
        for (SelectionKey key : new ArrayList<>(selector.keys())) {
            if (key.attachment() instanceof Connection connection && connection.isLate(GREETING_NANOS)) {
                hangUp(key, connection);
            }
        }
    }
}
