package io.boshcpi.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final String PEM = """
            -----BEGIN CERTIFICATE-----
            MIIDazCCAlOgAwIBAgIUmadeupmadeupmadeup
            c2Vjb25kIGxpbmUgb2YgYSBtYWRlIHVwIGNlcnQ=
            -----END CERTIFICATE-----
            """;

    private final Redactor redactor = new Redactor();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "db_password",
                "dbPassword",
                "secret",
                "client-secret",
                "private_key",
                "clientKey",
                "CLIENT_KEY",
                "api_token",
                "certificate",
                "client.cert",
                "credentials",
                "passphrase",
                "apikey"
            })
    void the_key_tells_that_a_value_is_secret(String key) {
        redactor.learn(Map.of(key, "Xy12-value"));
        assertThat(redactor.strike("it was Xy12-value.")).isEqualTo("it was <redacted>.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "monkey", "keyboard", "instance_type", "certain", "url"})
    void other_keys_do_not(String key) {
        redactor.learn(Map.of(key, "Xy12-value"));
        assertThat(redactor.strike("it was Xy12-value")).isEqualTo("it was Xy12-value");
    }

    @Test
    void everything_below_a_secret_key_is_secret() {
        redactor.learn(Map.of("credentials", List.of(Map.of("user", "u-12345678", "number", 12345678))));
        assertThat(redactor.strike("u-12345678 and 12345678")).isEqualTo("<redacted> and <redacted>");
    }

    @Test
    void a_pem_is_struck_as_a_whole_by_line_and_as_json() {
        redactor.learn(List.of(PEM));
        assertThat(redactor.strike("<" + PEM + ">")).isEqualTo("<<redacted>>");
        assertThat(redactor.strike("only MIIDazCCAlOgAwIBAgIUmadeupmadeupmadeup"))
                .isEqualTo("only <redacted>");
        assertThat(redactor.strike("\"" + PEM.replace("\n", "\\n") + "\"")).isEqualTo("\"<redacted>\"");
    }

    @Test
    void a_crypt_hash_and_the_password_of_a_url_are_known_by_their_looks() {
        redactor.learn(List.of("$6$salt$abcdefgh12345678", "see nats://nats:pass%21word@10.0.0.6:4222 for it"));
        assertThat(redactor.strike("$6$salt$abcdefgh12345678")).isEqualTo("<redacted>");
        assertThat(redactor.strike("nats://nats:pass%21word@10.0.0.6:4222"))
                .isEqualTo("nats://<redacted>@10.0.0.6:4222");
        assertThat(redactor.strike("pass!word")).isEqualTo("<redacted>");
    }

    @Test
    void a_url_without_a_password_stays() {
        redactor.learn(List.of("https://10.0.0.6:8443/1.0?project=a@b"));
        assertThat(redactor.strike("https://10.0.0.6:8443/1.0?project=a@b")).contains("10.0.0.6");
    }

    @Test
    void the_agents_environment_is_secret_but_for_tags_and_groups() {
        redactor.learnEnv(Map.of(
                "bosh",
                Map.of(
                        "ntp", List.of("time1.example"),
                        "tags", Map.of("team", "the-green-team"),
                        "group", "director-web-1",
                        "groups", List.of("director-web-2"))));
        assertThat(redactor.strike("time1.example the-green-team director-web-1 director-web-2"))
                .isEqualTo("<redacted> the-green-team director-web-1 director-web-2");
    }

    @Test
    void trivial_values_do_not_turn_the_output_into_noise() {
        redactor.learn(Map.of("password", "root", "secret", "", "token", "   ", "key", "1", "cert", "a1"));
        redactor.learnEnv(Map.of("bosh", Map.of("provider", "local", "mode", "readwrite", "x", "true")));
        String message = "The root disk of 10 GiB is local, readwrite: true";
        assertThat(redactor.strike(message)).isEqualTo(message);
    }

    @Test
    void a_short_secret_is_struck_only_as_a_word() {
        redactor.learn(Map.of("password", "ab12"));
        assertThat(redactor.strike("ab12 xab12 ab12x (ab12)")).isEqualTo("<redacted> xab12 ab12x (<redacted>)");
    }

    @Test
    void of_two_secrets_one_in_the_other_nothing_remains() {
        redactor.learn(Map.of("password", "inner-secret", "token", "outer-inner-secret-end"));
        assertThat(redactor.strike("outer-inner-secret-end")).isEqualTo("<redacted>");
    }

    @Test
    void only_the_hashes_of_a_result_are_struck() {
        redactor.learnSecret("vm-12345678");
        assertThat(redactor.strikeHashes(List.of("vm-12345678", Map.of("a", List.of("vm-12345678"), "b", 1))))
                .isEqualTo(List.of("vm-12345678", Map.of("a", List.of("<redacted>"), "b", 1)));
    }

    @Test
    void it_knows_whether_there_was_a_private_key() {
        redactor.learn(List.of(PEM));
        assertThat(redactor.holdsPrivateKey()).isFalse();
        redactor.learn(List.of("-----BEGIN PRIVATE KEY-----\n"));
        assertThat(redactor.holdsPrivateKey()).isTrue();
    }
}
