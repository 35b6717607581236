package io.boshcpi.lxd.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.boshcpi.lxd.client.transport.NotSentException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a transport promises, whatever the server's socket is. */
@Timeout(60)
abstract class TransportContract {
    private static final byte[] LARGE = new byte[8 << 20];

    ScriptedServer server;
    Transport transport;

    /** Brings up a server on this kind of socket. */
    abstract ScriptedServer listen() throws IOException;

    /** A transport to that server. */
    abstract Transport open() throws IOException;

    @BeforeEach
    void start() throws IOException {
        server = listen();
        transport = open();
    }

    @AfterEach
    void stop() throws IOException {
        transport.close();
        server.close();
    }

    @Test
    void aCallArrivesAsItWasMadeAndItsAnswerComesBack() throws IOException {
        AtomicReference<String> seen = new AtomicReference<>("");
        server.then(connection -> {
            seen.set(connection.readHead());
            connection.write("HTTP/1.1 404 Not Found\r\nETag: \"x\"\r\nContent-Length: 2\r\n\r\nno");
        });
        HttpCall call = new HttpCall("GET", "/1.0/a%20b?c=d", Map.of("X-Test", "1"), null);

        try (HttpReply reply = transport.exchange(call, in(10))) {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.header("etag")).isEqualTo("\"x\"");
            assertThat(reply.header("absent")).isNull();
            assertThat(new String(reply.body().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("no");
        }

        assertThat(seen.get()).startsWith("GET /1.0/a%20b?c=d HTTP/1.1\r\n").contains("X-Test: 1\r\n", "Host: ");
    }

    @Test
    void aChunkedAnswerIsRead() throws IOException {
        server.then(connection -> {
            connection.read();
            connection.write("HTTP/1.1 100 Continue\r\n\r\n");
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            connection.write("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        });

        assertThat(get("/")).isEqualTo("abcde");
    }

    @Test
    void aConnectionServesOneCallAfterTheOther() throws IOException {
        server.then(ScriptedServer::echo);

        for (int i = 0; i < 5; i++) {
            assertThat(get("/" + i)).isEqualTo("GET /" + i);
        }

        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aConnectionWhoseAnswerWasNotReadIsNotUsedAgain() throws IOException {
        server.then(ScriptedServer::echo);

        transport.exchange(HttpCall.get("/1"), in(10)).close();

        assertThat(get("/2")).isEqualTo("GET /2");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aConnectionThatTheServerWantsClosedIsNotUsedAgain() throws IOException {
        server.then(connection -> {
            connection.read();
            connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            connection.read();
        });
        server.then(ScriptedServer::echo);

        assertThat(get("/1")).isEmpty();
        assertThat(get("/2")).isEqualTo("GET /2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void aKeptConnectionThatTheServerHasClosedIsReplacedBeforeAnythingIsSent(String method) throws Exception {
        server.then(connection -> connection.answer(connection.read()));
        server.then(ScriptedServer::echo);
        assertThat(get("/1")).isEqualTo("GET /1");
        server.awaitEnd();

        assertThat(send(method, "/3", new byte[10])).isEqualTo(method + " /3");

        assertThat(server.requests()).containsExactly("GET /1", method + " /3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
    void aCallThatArrivedAndWasNotAnsweredIsNotRepeated(String method) {
        server.then(connection -> connection.read());

        assertThatThrownBy(() -> send(method, "/x", new byte[10]))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NotSentException.class);

        assertThat(server.requests()).containsExactly(method + " /x");
    }

    @Test
    void aKeptConnectionThatTheServerClosesWhileTheCallIsPreparedIsReplaced() throws IOException {
        CountDownLatch prepared = new CountDownLatch(1);
        server.then(connection -> {
            connection.answer(connection.read());
            prepared.await();
        });
        server.then(ScriptedServer::echo);
        get("/1");
        HttpBody closing = new StubBody(10) {
            @Override
            public String contentType() {
                if (prepared.getCount() > 0) {
                    prepared.countDown();
                    awaitEnd();
                }
                return super.contentType();
            }
        };

        assertThat(send(new HttpCall("POST", "/2", Map.of(), closing))).isEqualTo("POST /2");

        assertThat(server.requests()).containsExactly("GET /1", "POST /2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
    void aCallOnAKeptConnectionThatArrivedAndWasNotAnsweredIsNotRepeated(String method) throws IOException {
        server.then(connection -> {
            connection.answer(connection.read());
            connection.read();
        });
        server.then(ScriptedServer::echo);
        get("/1");

        assertThatThrownBy(() -> send(method, "/2", new byte[10]))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NotSentException.class);

        assertThat(server.requests()).containsExactly("GET /1", method + " /2");
    }

    @Test
    void aCallOnAKeptConnectionThatBreaksInTheMiddleOfTheBodyIsNotRepeated() throws IOException {
        server.then(connection -> {
            connection.answer(connection.read());
            connection.readHead();
        });
        server.then(ScriptedServer::echo);
        get("/1");

        assertThatThrownBy(() -> send("POST", "/2", LARGE))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NotSentException.class);

        assertThat(server.connections()).isEqualTo(1);
    }

    // --- bodies that fail ---------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 1 << 20})
    void aBodyThatFailsEndsTheCallAtOnceWithItsFailure(int written) throws IOException {
        server.then(connection -> {
            connection.answer(connection.read());
            connection.read();
        });
        server.then(ScriptedServer::echo);
        get("/1");
        IOException reason = new IOException("disk on fire");
        HttpBody failing = new StubBody(LARGE.length) {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(LARGE, 0, written);
                throw reason;
            }
        };
        long start = System.nanoTime();

        assertThatThrownBy(() -> send(new HttpCall("POST", "/2", Map.of(), failing)))
                .isSameAs(reason);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(get("/3")).isEqualTo("GET /3");
        assertThat(server.requests()).containsExactly("GET /1", "GET /3");
    }

    @Test
    void aBodyThatIsShorterThanAnnouncedEndsTheCallAtOnce() {
        server.then(ScriptedServer::echo);
        HttpBody shorter = new StubBody(10) {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(new byte[9]);
            }
        };
        long start = System.nanoTime();

        assertThatThrownBy(() -> send(new HttpCall("POST", "/1", Map.of(), shorter)))
                .isInstanceOf(IOException.class)
                .hasMessage("the body has 9 bytes instead of the announced 10");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(server.requests()).isEmpty();
    }

    // --- answers that fail --------------------------------------------------------------------------------------

    @Test
    void aServerThatRefusesABodyIsHeardThoughItDidNotReadIt() throws IOException {
        server.then(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
        });

        HttpBody body = HttpBody.of("application/octet-stream", LARGE);
        try (HttpReply reply = transport.exchange(new HttpCall("POST", "/x", Map.of(), body), in(20))) {
            assertThat(reply.status()).isEqualTo(403);
            assertThat(new String(reply.body().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("no");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc",
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "\u0016\u0003\u0001",
            })
    void aBrokenAnswerIsAFailureAndLeavesNoConnectionBehind(String answer) throws IOException {
        server.then(connection -> {
            connection.read();
            connection.write(answer);
        });
        server.then(ScriptedServer::echo);

        assertThatThrownBy(() -> get("/1")).isInstanceOf(IOException.class);

        assertThat(get("/2")).isEqualTo("GET /2");
    }

    @Test
    void aHeadWithoutEndIsCutOff() {
        server.then(connection -> {
            connection.read();
            connection.write("HTTP/1.1 200 OK\r\n");
            while (true) {
                connection.write("X-Endless: " + "x".repeat(10_000) + "\r\n");
            }
        });

        assertThatThrownBy(() -> get("/1"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(InterruptedIOException.class);
    }

    @Test
    void aServerThatDoesNotAnswerIsLeftAtTheDeadline() {
        server.then(connection -> {
            connection.read();
            connection.read();
        });

        inTime(() -> transport.exchange(HttpCall.get("/"), in(2)).close());
    }

    @Test
    void aBodyThatDripsIsLeftAtTheDeadline() {
        server.then(connection -> {
            connection.read();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            while (true) {
                connection.write("x");
                TimeUnit.MILLISECONDS.sleep(20);
            }
        });

        inTime(() -> {
            try (HttpReply reply = transport.exchange(HttpCall.get("/"), in(2))) {
                reply.body().readAllBytes();
            }
        });
    }

    @Test
    void aServerThatDoesNotReadTheBodyIsLeftAtTheDeadline() {
        server.then(connection -> {
            connection.readHead();
            TimeUnit.SECONDS.sleep(30);
        });
        HttpBody body = HttpBody.of("application/octet-stream", LARGE);

        inTime(() -> transport
                .exchange(new HttpCall("PUT", "/", Map.of(), body), in(2))
                .close());
    }

    @Test
    void manyThreadsShareAFewConnections() throws Exception {
        server.then(ScriptedServer::echo);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int thread = i;
                futures.add(threads.submit(() -> {
                    for (int n = 0; n < 50; n++) {
                        assertThat(get("/" + thread + "/" + n)).isEqualTo("GET /" + thread + "/" + n);
                    }
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(server.requests()).hasSize(800).doesNotHaveDuplicates();
        assertThat(server.connections()).isLessThan(400);
    }

    @Test
    void closingTheTransportEndsACallThatWaits() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        server.then(connection -> {
            connection.read();
            arrived.countDown();
            connection.read();
        });
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<?> waiting = threads.submit(() -> transport.exchange(HttpCall.get("/"), in(50)));
            arrived.await();

            transport.close();

            assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
            NotSentException e =
                    catchThrowableOfType(NotSentException.class, () -> transport.exchange(HttpCall.get("/"), in(5)));
            assertThat(e.reason()).isEqualTo(Reason.CLOSED);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anInterruptEndsACallThatWaits() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        server.then(connection -> {
            connection.read();
            arrived.countDown();
            connection.read();
        });
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                transport.exchange(HttpCall.get("/"), in(50)).close();
            } catch (IOException e) {
                end.set(e);
            }
        });
        thread.start();
        arrived.await();

        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(10));

        assertThat(end.get()).isInstanceOf(IOException.class);
    }

    @Test
    void aCallOfAnInterruptedThreadIsNotSent() {
        server.then(ScriptedServer::echo);
        Thread.currentThread().interrupt();
        try {
            NotSentException e = catchThrowableOfType(NotSentException.class, () -> get("/1"));
            assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aCallWhoseDeadlineHasPassedIsNotSent() {
        server.then(ScriptedServer::echo);

        NotSentException e = catchThrowableOfType(
                NotSentException.class, () -> transport.exchange(HttpCall.get("/1"), System.nanoTime()));

        assertThat(e.reason()).isEqualTo(Reason.DEADLINE);
        assertThat(server.requests()).isEmpty();
    }

    private String get(String target) throws IOException {
        return send("GET", target, null);
    }

    private String send(String method, String target, byte @Nullable [] bytes) throws IOException {
        HttpBody body = bytes == null || method.equals("GET") ? null : HttpBody.of("text/plain", bytes);
        return send(new HttpCall(method, target, Map.of(), body));
    }

    final String send(HttpCall call) throws IOException {
        try (HttpReply reply = transport.exchange(call, in(20))) {
            return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void inTime(Action action) {
        long start = System.nanoTime();

        assertThatThrownBy(action::run).isInstanceOf(SocketTimeoutException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    static long in(int seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    private void awaitEnd() {
        try {
            server.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static class StubBody implements HttpBody {
        private final int length;

        StubBody(int length) {
            this.length = length;
        }

        @Override
        public String contentType() {
            return "text/plain";
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(new byte[length]);
        }
    }
}
