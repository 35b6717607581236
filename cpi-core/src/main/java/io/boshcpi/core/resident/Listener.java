package io.boshcpi.core.resident;

import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.LogLevel;
import io.boshcpi.core.rpc.CpiResponse;
import io.boshcpi.core.status.Refusal;
import io.boshcpi.spi.ErrorType;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/**
 * Accepts launchers and reads their requests, in one thread that never waits for one of them; complete requests go to
 * {@link Calls}.
 *
 * <p>A call is accepted or refused before its request is sent. A stopped listener refuses all calls and ends when the
 * accepted ones are answered. A launcher that is silent or slow holds its place for a bounded time. Those who ask for
 * the status go to {@link StatusDesk}.
 */
final class Listener {
    private static final Duration GREETING_TIME = Duration.ofSeconds(5);

    /** A launcher has the whole request when it greets. */
    private static final Duration REQUEST_TIME = Duration.ofSeconds(30);

    private final SocketFile socket;
    private final Doorkeeper doorkeeper;
    private final Calls calls;
    private final StatusDesk statusDesk;
    private final CallLog log;
    private final long requestNanos;
    private final Selector selector;
    private volatile boolean stopping;

    Listener(SocketFile socket, Doorkeeper doorkeeper, Calls calls, StatusDesk statusDesk, CallLog log)
            throws IOException {
        this(socket, doorkeeper, calls, statusDesk, log, REQUEST_TIME);
    }

    /** @param requestTime how long an accepted request may take to arrive */
    Listener(
            SocketFile socket,
            Doorkeeper doorkeeper,
            Calls calls,
            StatusDesk statusDesk,
            CallLog log,
            Duration requestTime)
            throws IOException {
        this.socket = socket;
        this.doorkeeper = doorkeeper;
        this.calls = calls;
        this.statusDesk = statusDesk;
        this.log = log;
        this.requestNanos = requestTime.toNanos();
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
            selector.select(Math.min(GREETING_TIME.toMillis(), TimeUnit.NANOSECONDS.toMillis(requestNanos) + 1));
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isValid() && key.isAcceptable()) {
                    acceptAll();
                } else if (key.isValid() && key.attachment() instanceof Connection connection) {
                    receive(key, connection);
                }
            }
            selector.selectedKeys().clear();
            closeLate();
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
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Connection(channel, isOwner(channel)));
        }
    }

    /** The socket's mode keeps other users out, except for root, who may look but whose calls must not run as this user. */
    private boolean isOwner(SocketChannel channel) {
        try {
            UserPrincipal peer =
                    channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
            return peer.equals(socket.owner());
        } catch (IOException | UnsupportedOperationException e) {
            log.log(LogLevel.WARN, "Cannot determine the caller's identity; rejecting its call", e);
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
            } else if (ended && connection.hasRequest()) {
                key.cancel();
                calls.answer(connection, caller, selector::wakeup);
            } else if (ended) {
                hangUp(key, connection); // The launcher was killed.
            }
        } catch (IOException e) {
            hangUp(key, connection);
        }
    }

    private void greet(SelectionKey key, Connection connection) throws IOException {
        StatusRequest question = connection.statusRequest();
        if (question != null) {
            key.cancel();
            statusDesk.answer(connection, question, doorkeeper.objection(question.greeting()));
            return;
        } else if (!connection.mayCall()) {
            hangUp(key, connection);
            return;
        }
        Greeting greeting = connection.greeting();
        Objection objection = stopping
                ? new Objection(Refusal.STOPPING, "the host is being stopped")
                : doorkeeper.objection(greeting);
        if (greeting != null && objection == null) {
            objection = calls.objection(greeting.size());
            if (objection == null) {
                connection.accept(greeting);
                return;
            }
        }
        refuse(connection, Objects.requireNonNull(objection));
        hangUp(key, connection);
    }

    private void refuse(Connection connection, Objection objection) throws IOException {
        calls.metrics().refuse(objection.reason());
        log.log(LogLevel.DEBUG, "Refused a call: " + objection.text());
        connection.refuse(objection.text());
    }

    private void hangUp(SelectionKey key, Connection connection) {
        key.cancel();
        connection.close();
        Greeting caller = connection.caller();
        if (caller != null) {
            calls.dismiss(caller.size());
        }
    }

    /** A launcher greets at once, and sends its request as fast as it is read; a peer that does not is stuck. */
    private void closeLate() {
        for (SelectionKey key : new ArrayList<>(selector.keys())) {
            if (key.isValid() && key.attachment() instanceof Connection connection) {
                if (!connection.isAccepted() && connection.isLate(GREETING_TIME.toNanos())) {
                    hangUp(key, connection);
                } else if (connection.isAccepted() && connection.isLate(requestNanos)) {
                    decline(key, connection);
                }
            }
        }
    }

    private void decline(SelectionKey key, Connection connection) {
        String message = "The request did not arrive at the resident host of this CPI in time; nothing was done";
        log.log(LogLevel.WARN, message);
        try {
            connection.decline(CpiResponse.failed(ErrorType.CPI_ERROR, message, true));
        } catch (IOException e) {
            log.log(LogLevel.DEBUG, "The launcher does not hear that: " + e.getMessage());
        }
        hangUp(key, connection);
    }
}
