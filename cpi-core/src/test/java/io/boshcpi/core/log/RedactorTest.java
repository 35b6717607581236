package io.boshcpi.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
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
        assertThat(redactor.redact("it was Xy12-value.")).isEqualTo("it was <redacted>.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "monkey", "keyboard", "instance_type", "certain", "url"})
    void other_keys_do_not(String key) {
        redactor.learn(Map.of(key, "Xy12-value"));
        assertThat(redactor.redact("it was Xy12-value")).isEqualTo("it was Xy12-value");
    }

    @Test
    void everything_below_a_secret_key_is_secret() {
        redactor.learn(Map.of("credentials", List.of(Map.of("user", "u-12345678", "number", 12345678))));
        assertThat(redactor.redact("u-12345678 and 12345678")).isEqualTo("<redacted> and <redacted>");
    }

    @Test
    void a_pem_is_redacted_as_a_whole_by_line_and_as_json() {
        redactor.learn(List.of(PEM));
        assertThat(redactor.redact("<" + PEM + ">")).isEqualTo("<<redacted>>");
        assertThat(redactor.redact("only MIIDazCCAlOgAwIBAgIUmadeupmadeupmadeup"))
                .isEqualTo("only <redacted>");
        assertThat(redactor.redact("\"" + PEM.replace("\n", "\\n") + "\"")).isEqualTo("\"<redacted>\"");
    }

    @Test
    void a_crypt_hash_and_the_password_of_a_url_are_known_by_their_looks() {
        redactor.learn(List.of("$6$salt$abcdefgh12345678", "see nats://nats:pass%21word@10.0.0.6:4222 for it"));
        assertThat(redactor.redact("$6$salt$abcdefgh12345678")).isEqualTo("<redacted>");
        assertThat(redactor.redact("nats://nats:pass%21word@10.0.0.6:4222"))
                .isEqualTo("nats://<redacted>@10.0.0.6:4222");
        assertThat(redactor.redact("pass!word")).isEqualTo("<redacted>");
    }

    @Test
    void a_url_without_a_password_stays() {
        redactor.learn(List.of("https://10.0.0.6:8443/1.0?project=a@b"));
        assertThat(redactor.redact("https://10.0.0.6:8443/1.0?project=a@b")).contains("10.0.0.6");
    }

    @Test
    void addressesAndHostNamesOfTheEnvironmentAreNoSecrets() {
        redactor.learn(Map.of(
                "bosh",
                Map.of(
                        "ntp", List.of("10.77.1.1", "time1.example"),
                        "mbus", Map.of("urls", List.of("nats://nats:Pass-123@10.0.0.6:4222")),
                        "blobstores", List.of(Map.of("options", Map.of("endpoint", "https://10.0.0.7:25250")))),
                "password",
                "$6$salt$abcdefgh12345678"));
        assertThat(redactor.redact("10.77.1.1 time1.example https://10.0.0.7:25250 10.0.0.6"))
                .isEqualTo("10.77.1.1 time1.example https://10.0.0.7:25250 10.0.0.6");
        assertThat(redactor.redact("Pass-123 $6$salt$abcdefgh12345678")).isEqualTo("<redacted> <redacted>");
    }

    @Test
    void manySecretsAreLearntInTimeThatGrowsWithTheirNumber() {
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            secrets.add("secret-number-" + i);
        }
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> redactor.learn(Map.of("passwords", secrets)));
        assertThat(redactor.redact("secret-number-49999")).isEqualTo("<redacted>");
    }

    @Test
    void trivial_values_do_not_turn_the_output_into_noise() {
        redactor.learn(Map.of("password", "root", "secret", "", "token", "   ", "key", "1", "cert", "a1"));
        String message = "The root disk of 10 GiB is local, readwrite: true";
        assertThat(redactor.redact(message)).isEqualTo(message);
    }

    @Test
    void a_short_secret_is_redacted_only_as_a_word() {
        redactor.learn(Map.of("password", "ab12"));
        assertThat(redactor.redact("ab12 xab12 ab12x (ab12)")).isEqualTo("<redacted> xab12 ab12x (<redacted>)");
    }

    @Test
    void of_two_secrets_one_in_the_other_nothing_remains() {
        redactor.learn(Map.of("password", "inner-secret", "token", "outer-inner-secret-end"));
        assertThat(redactor.redact("outer-inner-secret-end")).isEqualTo("<redacted>");
    }

    @Test
    void aCopyForTheLogIsMaskedByPlaceWhateverTheValue() {
        Map<String, Object> request = Map.of(
                "env", Map.of("bosh", Map.of("password", "root", "keep_root_password", false)),
                "ntp", List.of("10.77.1.1"));
        assertThat(MaskedCopy.of(request))
                .isEqualTo(Map.of(
                        "env", Map.of("bosh", Map.of("password", "<redacted>", "keep_root_password", false)),
                        "ntp", List.of("10.77.1.1")));
    }
}
