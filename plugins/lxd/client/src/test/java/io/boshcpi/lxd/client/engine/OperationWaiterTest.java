package io.boshcpi.lxd.client.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.boshcpi.lxd.client.StubTransport;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperationWaiterTest {
    private static final String ID = "2b6a6b0e-0000-4000-8000-000000000001";
    private static final String RUNNING = "{\"id\":\"" + ID + "\",\"status_code\":103,\"err\":\"\"}";
    private static final String DONE =
            "{\"id\":\"" + ID + "\",\"status_code\":200,\"err\":\"\",\"metadata\":{\"return\":7}}";

    private final StubTransport server = new StubTransport();

    @AfterEach
    void everyAnswerWasClosed() {
        assertThat(server.open()).isZero();
    }

    @Test
    void successBringsBackTheResult() {
        server.sync(DONE);

        assertThat(await("/1.0/operations/" + ID, false).result().get("return")).isEqualTo(7);
        assertThat(server.calls())
                .singleElement()
                .asString()
                .startsWith("GET /1.0/operations/" + ID + "/wait?timeout=30&project=p");
    }

    @Test
    void aQueryInTheOperationsUrlIsDropped() {
        server.sync(DONE);

        await("/1.0/operations/" + ID + "?project=p", false);

        assertThat(server.calls().get(0)).startsWith("GET /1.0/operations/" + ID + "/wait?timeout=");
    }

    @Test
    void lxdTellsAFailureInTheOperation() {
        server.sync("{\"status_code\":400,\"status\":\"Failure\",\"description\":\"Creating instance\","
                + "\"err\":\"Storage pool not found\"}");

        LxdException e = failure(false);

        assertThat(e.isMissing(Subject.POOL)).isTrue();
        assertThat(e).hasMessage("GET /1.0/operations/" + ID + ": Creating instance: Storage pool not found");
    }

    @Test
    void anUnknownFailureOfAnLxdOperationIsTheServersFaultThoughItsCodeIsAlways400() {
        server.sync("{\"status_code\":400,\"err\":\"Failed to run: forkstart: exit status 1\"}");

        assertThat(failure(false).kind()).isEqualTo(Kind.SERVER_ERROR);
    }

    @Test
    void incusTellsAFailureAsAnErrorOfTheWait() {
        server.error(200, 404, "Storage pool not found")
                .sync("{\"status_code\":400,\"description\":\"Creating instance\",\"err\":\"Storage pool not found\"}");

        LxdException e = failure(false);

        assertThat(e.isMissing(Subject.POOL)).isTrue();
        assertThat(e.status()).isEqualTo(404);
    }

    @Test
    void anIncusFailureWhoseOperationHasVanishedMeanwhileStands() {
        server.error(200, 500, "Unknown configuration key: foo").error(404, 404, "Operation not found");

        LxdException e = failure(true);

        assertThat(e.kind()).isEqualTo(Kind.INVALID);
        assertThat(e).hasMessage("GET /1.0/operations/" + ID + "/wait: Unknown configuration key: foo");
    }

    @Test
    void lxdTellsATimeoutOfTheWaitAsRunning() {
        server.sync(RUNNING).sync(DONE);

        assertThat(await("/1.0/operations/" + ID, false).hasSucceeded()).isTrue();
        assertThat(server.calls()).hasSize(2);
    }

    @Test
    void incusTellsATimeoutOfTheWaitAsAnErrorThatIsNone() {
        server.error(200, 500, "context deadline exceeded")
                .sync(RUNNING)
                .error(200, 500, "context deadline exceeded")
                .sync(DONE);

        assertThat(await("/1.0/operations/" + ID, false).hasSucceeded()).isTrue();
    }

    @Test
    void anOperationThatFailsBecauseItsOwnTimeWasUpIsAFailure() {
        server.error(200, 500, "context deadline exceeded")
                .sync("{\"status_code\":400,\"err\":\"Failed shutting down instance, status is \\\"Running\\\": context"
                        + " deadline exceeded\"}");

        assertThat(failure(false).kind()).isEqualTo(Kind.GUEST_TIMEOUT);
    }

    @Test
    void aCancelledOperationIsAFailure() {
        server.sync("{\"status_code\":401,\"err\":\"\"}");

        assertThat(failure(true)).hasMessageContaining("cancelled");
    }

    @Test
    void aVanishedOperationIsASuccessIfItsEffectIsThere() {
        server.error(404, 404, "Operation not found");

        assertThat(await("/1.0/operations/" + ID, true).hasSucceeded()).isTrue();
    }

    @Test
    void aVanishedOperationWithoutItsEffectIsUnknown() {
        server.error(404, 404, "Operation not found");

        assertThat(failure(false).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    }

    @Test
    void anOperationThatVanishesAfterATimeoutOfTheWaitIsLookedAt() {
        server.error(200, 500, "context deadline exceeded").error(404, 404, "Operation not found");

        assertThat(await("/1.0/operations/" + ID, true).hasSucceeded()).isTrue();
    }

    @Test
    void aLostConnectionIsWaitedOnAgain() {
        server.lose().refuse().refuse().error(503, 503, "LXD is shutting down").sync(DONE);

        assertThat(await("/1.0/operations/" + ID, false).hasSucceeded()).isTrue();
        assertThat(server.calls()).hasSize(5);
    }

    @Test
    void theWaitIsNoLongerThanTheSession() {
        server.sync(DONE);
        Sender sender = new Sender(server, "p", System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2500));

        new OperationWaiter(sender).await("/1.0/operations/" + ID, () -> false, null);

        assertThat(server.calls().get(0)).contains("timeout=3&");
    }

    @Test
    void theProgressIsToldWhileItRuns() {
        server.sync(RUNNING).sync(RUNNING).sync(DONE);
        Sender sender = new Sender(
                server, "p", System.nanoTime() + Duration.ofMinutes(5).toNanos());
        List<Integer> told = new ArrayList<>();

        new OperationWaiter(sender)
                .await("/1.0/operations/" + ID, () -> false, operation -> told.add(operation.statusCode()));

        assertThat(told).containsExactly(103, 103);
    }

    @Test
    void theDeadlineEndsTheWait() {
        for (int i = 0; i < 10_000; i++) {
            server.sync(RUNNING);
        }
        Sender sender = new Sender(server, "p", System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20));

        LxdException e = catchThrowableOfType(
                LxdException.class,
                () -> new OperationWaiter(sender).await("/1.0/operations/" + ID, () -> false, null));

        assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT);
    }

    @Test
    void aUrlThatIsNoOperationsIsNotFollowed() {
        for (String url : new String[] {"", "/1.0/instances/x", "http://elsewhere/1.0/operations/x"}) {
            LxdException e = catchThrowableOfType(LxdException.class, () -> await(url, true));
            assertThat(e.kind()).as(url).isEqualTo(Kind.PROTOCOL);
        }
        LxdException climbing = catchThrowableOfType(LxdException.class, () -> await("/1.0/operations/..", true));
        assertThat(climbing.kind()).isEqualTo(Kind.INVALID);
        assertThat(server.calls()).isEmpty();
    }

    private Operation await(String url, boolean happened) {
        Sender sender = new Sender(
                server, "p", System.nanoTime() + Duration.ofMinutes(5).toNanos());
        return new OperationWaiter(sender).await(url, () -> happened, null);
    }

    private LxdException failure(boolean happened) {
        return catchThrowableOfType(LxdException.class, () -> await("/1.0/operations/" + ID, happened));
    }
}
