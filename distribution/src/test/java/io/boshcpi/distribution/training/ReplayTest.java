package io.boshcpi.distribution.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final GeneratedIds IDS = new GeneratedIds(List.of("vm-[0-9]{4}"));
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    private static Exchange recorded(String request, String body, String... ids) {
        return new Exchange(request, List.of(ids), 200, JSON, body);
    }

    private static String ask(Replay replay, String request, String body) {
        HttpMessage response =
                replay.answer(new HttpMessage(request + " HTTP/1.1", JSON, body.getBytes(StandardCharsets.UTF_8)));
        return response.status() + " " + response.text();
    }

    @Test
    void aRequestGetsTheNextRecordedResponseOfItsKind() {
        Replay replay = new Replay(
                IDS,
                List.of(
                        recorded("GET /a", "\"first\""),
                        recorded("GET /b", "\"b\""),
                        recorded("GET /a", "\"second\"")));

        assertThat(ask(replay, "GET /a", "")).isEqualTo("200 \"first\"");
        assertThat(ask(replay, "GET /a", "")).isEqualTo("200 \"second\"");
        assertThat(ask(replay, "GET /b", "")).isEqualTo("200 \"b\"");
        assertThat(replay.failures()).isEmpty();
    }

    @Test
    void generatedIdsTakeThePlacesOfTheRecordedOnes() {
        Replay replay = new Replay(
                IDS,
                List.of(
                        recorded("POST /vms", "\"vm-1111\"", "vm-1111"),
                        recorded("POST /vms", "\"vm-2222\"", "vm-2222"),
                        recorded("GET /vms/vm-2222", "{\"name\":\"vm-2222\",\"of\":\"vm-1111\"}"),
                        recorded("GET /vms/vm-1111", "{\"name\":\"vm-1111\"}")));

        assertThat(ask(replay, "POST /vms", "{\"name\":\"vm-5555\"}")).isEqualTo("200 \"vm-5555\"");
        assertThat(ask(replay, "POST /vms", "{\"name\":\"vm-6666\"}")).isEqualTo("200 \"vm-6666\"");
        assertThat(ask(replay, "GET /vms/vm-5555", "")).isEqualTo("200 {\"name\":\"vm-5555\"}");
        assertThat(ask(replay, "GET /vms/vm-6666", "")).isEqualTo("200 {\"name\":\"vm-6666\",\"of\":\"vm-5555\"}");
        assertThat(replay.failures()).isEmpty();
    }

    @Test
    void aRequestThatWasNotRecordedIsAFailure() {
        Replay replay = new Replay(IDS, List.of(recorded("POST /vms", "\"\"", "vm-1111")));

        assertThat(ask(replay, "POST /vms", "{}")).startsWith("501 ");
        assertThat(ask(replay, "GET /vms", "")).startsWith("501 ");
        assertThat(replay.failures())
                .containsExactly(
                        "not recorded: POST /vms", "not recorded: GET /vms", "recorded, but not asked: POST /vms");
    }

    @Test
    void anExchangeSurvivesItsLine() {
        Exchange json = recorded("GET /a", "{\"a\":[1,null]}", "vm-1111");
        Exchange file = new Exchange("GET /f", List.of(), 200, Map.of("x-type", "file"), "{ not JSON");

        assertThat(Exchange.parse(json.toLine())).isEqualTo(json);
        assertThat(Exchange.parse(file.toLine())).isEqualTo(file);
    }
}
