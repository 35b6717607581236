package io.boshcpi.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class CallLogTest {
    private static final Logger OWN = LoggerFactory.getLogger("io.boshcpi.something");
    private static final Logger LIBRARY = LoggerFactory.getLogger("org.apache.hc.something");

    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();
    private final Redactor redactor = new Redactor();
    private final CallLog log = new CallLog(sink, redactor);

    private String text() {
        return sink.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aMessageIsOneLineWhateverItHolds() {
        log.requestId("cpi-1");
        log.log(LogLevel.INFO, "one\n2026-01-01 INFO [cpi-2] two\r\u001b[31m\u009b\u2028\u202e größe ✓");
        assertThat(text().lines().map(line -> line.substring(24)))
                .containsExactly(
                        " INFO [cpi-1] one\\n2026-01-01 INFO [cpi-2] two\\r\\u001b[31m\\u009b\\u2028\\u202e größe ✓");
    }

    @Test
    void whatCodeThatIsNotTheHostsWritesBearsItsNameOnThreadsOfItsOwnToo() throws InterruptedException {
        log.requestId("cpi-1");
        class Loader extends ClassLoader implements LogSource {
            @Override
            public String logName() {
                return "tenor";
            }
        }
        Thread thread = new Thread(() -> log.log(LogLevel.INFO, "singing"));
        thread.setContextClassLoader(new Loader());
        thread.start();
        thread.join();
        assertThat(text()).endsWith(" INFO [cpi-1] [tenor] singing\n");
    }

    @Test
    void aStackTraceHasALineForEachFrameAndNoneForALineOfAMessage() {
        log.log(LogLevel.ERROR, "failed", new IllegalStateException("one\ntwo", new IOException("why")));
        assertThat(text().lines().map(line -> line.substring(line.indexOf("] ") + 2)))
                .startsWith("failed", "java.lang.IllegalStateException: one\\ntwo")
                .contains("Caused by: java.io.IOException: why")
                .allMatch(line -> line.matches("failed|(Caused by: )?java\\..*|    at .*"));
    }

    @Test
    void aLineNamesNoClassOfAnException() {
        OWN.warn("unheard");
        log.log(LogLevel.WARN, "cannot read x: java.io.IOException: Is a directory (java.io.EOFException)");
        assertThat(text()).endsWith("cannot read x: Is a directory (EOF)\n");
    }

    @Test
    void aLongLineIsShortenedAfterItsSecretsWereRedacted() {
        String secret = "Xy".repeat(60_000);
        redactor.learnSecret(secret);
        log.log(LogLevel.INFO, "a" + secret + "b" + "z".repeat(100_000));
        assertThat(text())
                .hasSizeLessThan(70_000)
                .contains("a<redacted>bz", "a part of a long line")
                .doesNotContain("Xy");
    }

    @Test
    void whatABoundThreadLogsWithSlf4jGoesToItsCall() throws InterruptedException {
        ByteArrayOutputStream otherSink = new ByteArrayOutputStream();
        CallLog other = new CallLog(otherSink, new Redactor());
        CountDownLatch bothBound = new CountDownLatch(2);
        Thread thread = new Thread(() -> logOnceBoth(other, bothBound, "of the other call"));
        thread.start();
        logOnceBoth(log, bothBound, "of this call");
        thread.join();
        assertThat(text()).contains("of this call").doesNotContain("other");
        assertThat(otherSink.toString(StandardCharsets.UTF_8))
                .contains("of the other call")
                .doesNotContain("this");
    }

    private static void logOnceBoth(CallLog log, CountDownLatch bothBound, String message) {
        bound(log, () -> {
            bothBound.countDown();
            try {
                bothBound.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            OWN.info("{}", message);
        });
    }

    private static void bound(CallLog log, Runnable work) {
        CallLog.Binding binding = log.bind();
        try {
            work.run();
        } finally {
            binding.close();
        }
    }

    @Test
    void talkativeLibrariesAreHeardOnlyWhenDebugging() {
        redactor.learnSecret("the-secret-1");
        bound(log, () -> {
            LIBRARY.info("chatter");
            LIBRARY.warn("trouble with {}", "the-secret-1");
            OWN.debug("detail");
            OWN.error("failed", new IllegalStateException("because of the-secret-1"));
        });
        assertThat(text())
                .doesNotContain("chatter", "detail", "the-secret-1")
                .contains("trouble with <redacted>", "IllegalStateException: because of <redacted>");
        log.level(LogLevel.DEBUG);
        bound(log, () -> {
            LIBRARY.info("chatter");
            OWN.debug("detail");
        });
        assertThat(text()).contains("chatter", "detail");
    }

    @Test
    void whatIsPrintedBecomesLinesOfTheLog() {
        redactor.learnSecret("the-secret-1");
        PrintStream stream = new PrintStream(new LogStream(log, LogLevel.INFO), false, StandardCharsets.UTF_8);
        stream.print("größe of ");
        stream.println("the-secret-1");
        stream.print("rest");
        stream.close();
        assertThat(text().lines().map(line -> line.substring(24)))
                .containsExactly(" INFO [-] größe of <redacted>", " INFO [-] rest");
    }

    @Test
    void aCallDoesNotFailBecauseItsLogCannotBeWritten() {
        CallLog broken = new CallLog(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("closed");
                    }
                },
                redactor);
        broken.log(LogLevel.INFO, "unheard");
        assertThat(text()).isEmpty();
    }
}
