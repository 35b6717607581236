package io.boshcpi.lxd.fake.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server, on a Unix socket each, counts the requests of one call, and lets one of them go
 * wrong. Between two calls it passes everything on.
 *
 * <pre>{@code
 * proxy.arm(Fault.LOST, 3, () -> {});
 * // the call
 * List<String> requests = proxy.disarm();
 * }</pre>
 */
public final class FaultProxy implements AutoCloseable {
    private static final String OPERATIONS = "GET /1.0/operations/";
    private static final long DOWN_SECONDS = 2;

    private final Path socket;
    private final Path server;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocketChannel listener;
    private @Nullable Trap trap;

    /** The fault of one call. */
    private static final class Trap {
        final @Nullable Fault fault;
        final int step;
        final Runnable kill;
        final List<String> requests = new ArrayList<>();
        final CountDownLatch over = new CountDownLatch(1);
        String failedOperation = "";

        Trap(@Nullable Fault fault, int step, Runnable kill) {
            this.fault = fault;
            this.step = step;
            this.kill = kill;
        }

        /** Counts the request, and returns what is to become of it. */
        synchronized @Nullable Fault next(String request) {
            requests.add(request);
            int number = requests.size();
            Fault due = fault;
            if (due == null || number < step || (number > step && !due.isLasting())) {
                boolean failed = !failedOperation.isEmpty() && request.startsWith(failedOperation);
                return failed ? Fault.OPERATION_FAILED : null;
            } else if (due == Fault.OPERATION_FAILED) {
                if (!request.startsWith(OPERATIONS)) {
                    return null;
                }
                failedOperation = request.replaceFirst("/wait$", "");
            }
            return due;
        }

        synchronized List<String> requests() {
            return List.copyOf(requests);
        }
    }

    /**
     * Listens.
     *
     * @param socket where clients find it
     * @param server the server's socket
     */
    public FaultProxy(Path socket, Path server) {
        this.socket = socket;
        this.server = server;
        open();
    }

    /** Counts the requests of the next call, and lets nothing go wrong. */
    public void watch() {
        set(new Trap(null, 0, () -> {}));
    }

    /**
     * Lets a request of the next call go wrong.
     *
     * @param step which request, from 1
     * @param kill ends the client and returns when it is gone
     */
    public void arm(Fault fault, int step, Runnable kill) {
        set(new Trap(fault, step, kill));
    }

    private synchronized void set(@Nullable Trap next) {
        trap = next;
    }

    private synchronized @Nullable Trap trap() {
        return trap;
    }

    /** Ends the fault: the server is there again. Returns the requests since the call began, by method and path. */
    public synchronized List<String> disarm() {
        Trap ended = trap;
        trap = null;
        if (ended == null) {
            return List.of();
        }
        ended.over.countDown();
        open();
        return ended.requests();
    }

    private synchronized void open() {
        if (listener != null) {
            return;
        }
        try {
            Files.deleteIfExists(socket);
            ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            opened.bind(UnixDomainSocketAddress.of(socket));
            listener = opened;
            start(() -> {
                while (true) {
                    SocketChannel client = opened.accept();
                    clients.add(client);
                    start(() -> serve(client));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses connections and breaks those that there are. */
    private synchronized void goDown() throws IOException {
        if (listener != null) {
            listener.close();
            listener = null;
        }
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    private void serve(SocketChannel client) throws IOException {
        try (client) {
            InputStream in = new BufferedInputStream(Channels.newInputStream(client));
            OutputStream out = Channels.newOutputStream(client);
            boolean goesOn = true;
            while (goesOn) {
                Message request = Message.read(in);
                if (request == null) {
                    return;
                }
                Trap current = trap();
                Fault fault = current == null ? null : current.next(request.name());
                if (current == null || fault == null) {
                    forward(request).write(out);
                } else {
                    goesOn = strike(current, fault, request, out);
                }
            }
        } finally {
            clients.remove(client);
        }
    }

    /** Returns whether the connection goes on. */
    private boolean strike(Trap current, Fault fault, Message request, OutputStream out) throws IOException {
        switch (fault) {
            case LOST, LOST_ON -> forward(request);
            case RESET, RESET_ON -> {}
            case REFUSED -> goDown();
            case REFUSED_2S -> {
                goDown();
                await(current.over, DOWN_SECONDS);
                open();
            }
            case ERROR_500, ERROR_500_ON -> error(500, "made-up failure").write(out);
            case ERROR_503, ERROR_503_ON -> error(503, "made-up failure").write(out);
            case HANG -> await(current.over, Integer.MAX_VALUE);
            case HANG_AFTER -> {
                forward(request);
                await(current.over, Integer.MAX_VALUE);
            }
            case CUT -> forward(request).writeHalf(out);
            case UNREADABLE -> forward(request).half().write(out);
            case OPERATION_FAILED -> {
                forward(request);
                failedOperation(request.name()).write(out);
            }
            case KILL_BEFORE -> current.kill.run();
            case KILL_AFTER -> {
                forward(request);
                current.kill.run();
            }
        }
        return switch (fault) {
            case ERROR_500, ERROR_500_ON, ERROR_503, ERROR_503_ON, UNREADABLE, OPERATION_FAILED -> true;
            default -> false;
        };
    }

    private Message forward(Message request) throws IOException {
        try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(server))) {
            request.write(Channels.newOutputStream(connection));
            Message answer = Message.read(new BufferedInputStream(Channels.newInputStream(connection)));
            if (answer == null) {
                throw new IOException("the server has hung up");
            }
            return answer;
        }
    }

    private static Message error(int status, String text) {
        return Message.answer(
                status,
                "{\"type\":\"error\",\"status\":\"\",\"status_code\":0,\"operation\":\"\",\"error_code\":" + status
                        + ",\"error\":\"" + text + "\",\"metadata\":null}");
    }

    private static Message failedOperation(String request) {
        String id = request.replaceFirst("/wait$", "").substring(OPERATIONS.length());
        return Message.answer(
                200,
                "{\"type\":\"sync\",\"status\":\"Success\",\"status_code\":200,\"operation\":\"\",\"error_code\":0,"
                        + "\"error\":\"\",\"metadata\":{\"id\":\"" + id
                        + "\",\"class\":\"task\",\"description\":\"Work\","
                        + "\"resources\":null,\"metadata\":null,\"may_cancel\":false,\"status\":\"Failure\","
                        + "\"status_code\":400,\"err\":\"the disk is on fire\"}}");
    }

    private static void await(CountDownLatch latch, long seconds) {
        try {
            latch.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Work that ends with the client's or the listener's socket. */
    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The client, the server or the listener is gone.
                    }
                },
                "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void close() throws IOException {
        disarm();
        goDown();
        Files.deleteIfExists(socket);
    }
}
