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
    void theKeyTellsThatAValueIsSecret(String key) {
        redactor.learn(Map.of(key, "Xy12-value"));
        assertThat(redactor.redact("it was Xy12-value.")).isEqualTo("it was <redacted>.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "monkey", "keyboard", "instance_type", "certain", "url"})
    void otherKeysDoNot(String key) {
        redactor.learn(Map.of(key, "Xy12-value"));
        assertThat(redactor.redact("it was Xy12-value")).isEqualTo("it was Xy12-value");
    }

    @Test
    void everythingBelowASecretKeyIsSecret() {
        redactor.learn(Map.of("credentials", List.of(Map.of("user", "u-12345678", "number", 12345678))));
        assertThat(redactor.redact("u-12345678 and 12345678")).isEqualTo("<redacted> and <redacted>");
    }

    @Test
    void aPemIsRedactedAsAWholeByLineAndAsJson() {
        redactor.learn(List.of(PEM));
        assertThat(redactor.redact("<" + PEM + ">")).isEqualTo("<<redacted>>");
        assertThat(redactor.redact("only MIIDazCCAlOgAwIBAgIUmadeupmadeupmadeup"))
                .isEqualTo("only <redacted>");
        assertThat(redactor.redact("\"" + PEM.replace("\n", "\\n") + "\"")).isEqualTo("\"<redacted>\"");
    }

    @Test
    void aCryptHashAndThePasswordOfAUrlAreKnownByTheirLooks() {
        redactor.learn(List.of("$6$salt$abcdefgh12345678", "see nats://nats:pass%21word@10.0.0.6:4222 for it"));
        assertThat(redactor.redact("$6$salt$abcdefgh12345678")).isEqualTo("<redacted>");
        assertThat(redactor.redact("nats://nats:pass%21word@10.0.0.6:4222"))
                .isEqualTo("nats://<redacted>@10.0.0.6:4222");
        assertThat(redactor.redact("pass!word")).isEqualTo("<redacted>");
    }

    @Test
    void aUrlWithoutAPasswordStays() {
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
    void trivialValuesDoNotTurnTheOutputIntoNoise() {
        redactor.learn(Map.of("password", "root", "secret", "", "token", "   ", "key", "1", "cert", "a1"));
        String message = "The root disk of 10 GiB is local, readwrite: true";
        assertThat(redactor.redact(message)).isEqualTo(message);
    }

    @Test
    void aShortSecretIsRedactedOnlyAsAWord() {
        redactor.learn(Map.of("password", "ab12"));
        assertThat(redactor.redact("ab12 xab12 ab12x (ab12)")).isEqualTo("<redacted> xab12 ab12x (<redacted>)");
    }

    @Test
    void ofTwoSecretsOneInTheOtherNothingRemains() {
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
