package io.boshcpi.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.testing.TestHost;
import io.boshcpi.core.testing.TestHost.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol, seen from outside. */
class CpiHostTest {
    private static final String KEY_LINE = "MIIEowIBAAKCAQEAmadeUpKeyLine0000000000000000000";
    private static final String ENV = """
            {"bosh": {"password": "$6$salt1234$abcdefghijklmnopqrstuv", "tags": {"team": "green-team"},
              "group": "director-deployment-web",
              "mbus": {"cert": {"private_key": "-----BEGIN RSA PRIVATE KEY-----\\n%s\\n-----END RSA PRIVATE KEY-----\\n"}},
              "blobstores": [{"provider": "dav", "options": {"password": "blob-Pass-1"}}]}}
            """.formatted(KEY_LINE);

    @TempDir
    private Path folder;

    private TestHost host;

    @BeforeEach
    void setUp() {
        host = TestHost.withExample(folder);
    }

    @AfterEach
    void tearDown() {
        host.close();
    }

    private Answer call(String method, String arguments) {
        return host.call("{\"method\":\"" + method + "\",\"arguments\":" + arguments
                + ",\"context\":{\"director_uuid\":\"d-1\",\"request_id\":\"cpi-123456\"},\"api_version\":2}");
    }

    private Answer createVm(String cloudProperties) {
        return call(
                "create_vm",
                "[\"agent-1\",\"sc-1\"," + cloudProperties
                        + ",{\"default\":{\"type\":\"manual\",\"ip\":\"10.0.0.3\",\"netmask\":\"255.255.255.0\"}},[],"
                        + ENV + "]");
    }

    @Test
    void infoTellsVersion3AndTheFormatsOfTheProviderWithoutMakingIt() {
        host.configure("{\"example\":{}}"); // The provider could not be made: its folder is missing.
        assertThat(call("info", "[]").result())
                .isEqualTo(Map.of("api_version", 3, "stemcell_formats", List.of("example-tar", "general-tar")));
    }

    @Test
    void infoTellsTheFormatsOfTheConfigurationWhereItHasSome() {
        host.configure("{\"stemcell_formats\":[\"general-tar\"]}");
        assertThat(call("info", "[]").result())
                .isEqualTo(Map.of("api_version", 3, "stemcell_formats", List.of("general-tar")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]              | is empty, so that no stemcell could be uploaded; leave it out for all",
                "['raw']         | contains a format that the provider does not take; it takes example-tar, general-tar",
                "'general-tar'   | must be a list of strings, but is",
            })
    void formatsThatCannotBeOfferedAreRefused(String json, String expected) {
        host.configure("{\"stemcell_formats\":" + json.replace('\'', '"') + "}");
        assertThat(call("info", "[]").message()).startsWith("configuration.stemcell_formats " + expected);
    }

    @Test
    void pingIsAnswered() {
        assertThat(call("ping", "[]").result()).isEqualTo("pong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "2", "3", "4", "null"})
    void createVmAnswersWithAPairInEveryVersion(String version) {
        String apiVersion = version.isEmpty() ? "" : ",\"api_version\":" + version;
        Answer answer = host.call(
                "{\"method\":\"create_vm\",\"arguments\":[\"a\",\"sc-1\",null,{},null,null]" + apiVersion + "}");
        assertThat(answer.result())
                .isInstanceOf(List.class)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(2);
    }

    @Test
    void aVmAndItsDiskLiveTheirWholeLife() {
        String image = folder.resolve("image").toString();
        assertThat(call("create_stemcell", "[\"" + image + "\",{}]").type()).isEqualTo("CloudError");
        write("image", "an image");
        assertThat(call("create_stemcell", "[\"image\",null,{\"tags\":{\"a\":1}}]")
                        .result())
                .asString()
                .startsWith("sc-");
        String vm = String.valueOf(
                ((List<?>) java.util.Objects.requireNonNull(createVm("{}").result())).get(0));
        assertThat(call("has_vm", "[\"" + vm + "\"]").result()).isEqualTo(true);
        String disk =
                String.valueOf(call("create_disk", "[1024,{},\"" + vm + "\"]").result());
        String both = "[\"" + vm + "\",\"" + disk + "\"]";
        assertThat(call("set_vm_metadata", "[\"" + vm + "\",{\"a\":1,\"b\":null}]")
                        .result())
                .isNull();
        assertThat(call("attach_disk", both).result()).isEqualTo("/dev/" + disk);
        assertThat(call("attach_disk", both).result()).isEqualTo("/dev/" + disk);
        assertThat(call("get_disks", "[\"" + vm + "\"]").result()).isEqualTo(List.of(disk));
        assertThat(call("set_disk_metadata", "[\"" + disk + "\",{}]").result()).isNull();
        assertThat(call("snapshot_disk", "[\"" + disk + "\",{\"index\":0}]").result())
                .asString()
                .startsWith("snap-");
        assertThat(call("delete_snapshot", "[\"snap-1\"]").result()).isNull();
        assertThat(call("reboot_vm", "[\"" + vm + "\"]").result()).isNull();
        assertThat(call("detach_disk", both).result()).isNull();
        assertThat(call("resize_disk", "[\"" + disk + "\",2048]").result()).isNull();
        assertThat(call("update_disk", "[\"" + disk + "\",2048,{}]").result()).isEqualTo(disk);
        assertThat(call("has_disk", "[\"" + disk + "\"]").result()).isEqualTo(true);
        assertThat(call("delete_disk", "[\"" + disk + "\"]").result()).isNull();
        assertThat(call("delete_disk", "[\"" + disk + "\"]").result()).isNull();
        assertThat(call("delete_vm", "[\"" + vm + "\"]").result()).isNull();
        assertThat(call("has_vm", "[\"" + vm + "\"]").result()).isEqualTo(false);
        assertThat(call("delete_stemcell", "[\"sc-1\"]").result()).isNull();
        assertThat(call("calculate_vm_cloud_properties", "[{\"cpu\":2,\"ram\":4096,\"ephemeral_disk_size\":1}]")
                        .result())
                .isEqualTo(Map.of("cpu", 2, "ram", 4096));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "current_vm_id | []",
                "create_network | [{}]",
                "delete_network | [\"net-1\"]",
                "configure_networks | [\"vm-1\",{}]",
                "make_coffee | []",
            })
    void whatIsNotThereIsNotImplemented(String method, String arguments) {
        Answer answer = call(method, arguments);
        assertThat(answer.type()).isEqualTo("NotImplemented");
        assertThat(answer.message()).startsWith(method + " is not implemented by");
        assertThat(answer.error().get("ok_to_retry")).isEqualTo(false);
    }

    @Test
    void theNameOfAnUnknownMethodComesBackOnlyIfItCanBeOne() {
        assertThat(call("$6$salt$secretsecret", "[]").message())
                .isEqualTo("a method whose name is not made of lower-case letters and underscores"
                        + " is not implemented by this CPI");
        assertThat(call("x".repeat(5000), "[]").message()).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | is empty",
                "`   ` | is empty",
                "hello | is not valid JSON: it is malformed",
                "{\"method\":\"info\",\"arguments\":[] | is not valid JSON: it ends too early",
                "{\"method\":\"info\",\"arguments\":[]} x | is not valid JSON",
                "{\"method\":\"info\",\"arguments\":[]} {} | followed by something",
                "{\"method\":\"info\",\"arguments\":[NaN]} | is not valid JSON",
                "{\"method\":\"info\",\"arguments\":[1e]} | is not valid JSON",
                "{'method':'info'} | is not valid JSON",
                "[] | is not a JSON object",
                "null | is not a JSON object",
                "{} | has no \"method\"",
                "{\"method\":null,\"arguments\":[]} | has no \"method\"",
                "{\"method\":5,\"arguments\":[]} | \"method\" is not a string",
                "{\"method\":\"info\"} | has no \"arguments\"",
                "{\"method\":\"info\",\"arguments\":{}} | \"arguments\" is not an array",
                "{\"method\":\"info\",\"arguments\":[],\"context\":[]} | \"context\" is not an object",
                "{\"method\":\"info\",\"arguments\":[],\"api_version\":\"2\"} | \"api_version\" is not a whole number",
                "{\"method\":\"info\",\"arguments\":[],\"api_version\":2.5} | \"api_version\" is not a whole number",
                "{\"method\":\"info\",\"arguments\":[],\"api_version\":0} | \"api_version\" is not a whole number",
                "{\"method\":\"has_vm\",\"arguments\":[]} | has_vm needs 1 arguments (vm_cid), but the request has 0",
                "{\"method\":\"has_vm\",\"arguments\":[7]} | vm_cid must be a string",
                "{\"method\":\"has_vm\",\"arguments\":[null]} | vm_cid is missing or null",
                "{\"method\":\"has_vm\",\"arguments\":[\"\"]} | The VM CID is empty",
                "{\"method\":\"has_vm\",\"arguments\":[\"a/../b\"]} | a character at position 2 that is not allowed",
                "{\"method\":\"create_disk\",\"arguments\":[\"1\",{},null]} | size must be a whole number",
                "{\"method\":\"create_disk\",\"arguments\":[0,{},null]} | size must be at least 1 MiB",
                "{\"method\":\"create_disk\",\"arguments\":[1e99,{},null]} | size must be a whole number",
                "{\"method\":\"create_disk\",\"arguments\":[99999999999999999999,{},null]} | size must be a whole number",
                "{\"method\":\"create_disk\",\"arguments\":[1,[],null]} | cloud_properties must be a hash",
            })
    void malformedInputGetsAnErrorThatSaysWhatIsWrong(String request, String expected) {
        Answer answer = host.call(request);
        assertThat(answer.type()).isEqualTo("CpiError");
        assertThat(answer.message()).contains(expected);
    }

    @Test
    void invalidUtf8AByteOrderMarkAndDeepNestingAreRefused() {
        assertThat(host.call(new byte[] {'"', (byte) 0xff, '"'}).message()).isEqualTo("The request is not valid UTF-8");
        assertThat(host.call("\uFEFF{}").message()).contains("byte order mark");
        assertThat(host.call("[".repeat(100_000)).message()).contains("nested too deeply");
        assertThat(host.call("{\"method\":\"info\",\"arguments\":[" + "9".repeat(100_000) + "]}")
                        .message())
                .contains("a number or a string is too long");
        assertThat(host.call("{}".getBytes(StandardCharsets.UTF_16)).message()).contains("UTF-8");
    }

    @Test
    void ofDuplicateKeysTheLastOneWins() {
        assertThat(host.call("{\"method\":\"x\",\"method\":\"ping\",\"arguments\":[]}")
                        .result())
                .isEqualTo("pong");
    }

    @Test
    void moreArgumentsAndUnknownKeysAreAccepted() {
        assertThat(host.call("{\"method\":\"ping\",\"arguments\":[1,2],\"new\":{}}")
                        .result())
                .isEqualTo("pong");
    }

    @Test
    void anUnknownCloudPropertyIsNamedWithTheNearestKnownOne() {
        assertThat(createVm("{\"ephemeral_dusk\":1024}").message())
                .startsWith("cloud_properties.ephemeral_dusk is not known here; did you mean ephemeral_disk?");
    }

    @Test
    void theProviderDecidesWhetherARetryHelps() {
        Answer answer = createVm("{\"fail\":\"retry\"}");
        assertThat(answer.type()).isEqualTo("VMCreationFailed");
        assertThat(answer.error().get("ok_to_retry")).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "stack", "secret"})
    void whateverAProviderThrowsBecomesOneResponse(String how) {
        Answer answer = createVm("{\"fail\":\"" + how + "\"}");
        assertThat(answer.type()).isEqualTo("CpiError");
        assertThat(answer.error().get("ok_to_retry")).isEqualTo(false);
        assertThat(answer.message())
                .startsWith(how.equals("memory") ? "The CPI failed unexpectedly (" : "The plugin example (");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "nothing of that kind"})
    void noSecretOfTheEnvironmentComesOut(String how) {
        Answer answer = createVm("{\"fail\":\"" + how + "\"}");
        assertThat(answer.stdout() + answer.stderr())
                .doesNotContain(KEY_LINE, "abcdefghijklmnopqrstuv", "blob-Pass-1")
                .contains("<redacted>", "green-team", "director-deployment-web");
    }

    @Test
    void eachLineOfTheLogHasTimeLevelAndRequestId() {
        String log = createVm("{\"fail\":\"secret\"}").stderr();
        assertThat(log.lines())
                .hasSizeGreaterThan(3)
                .allMatch(line -> line.matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (INFO|WARN|ERROR) \\[cpi-123456] .*"));
        assertThat(log)
                .contains("create_vm (API version 2)")
                .contains("Failed in ")
                .contains("Bosh::Clouds::CpiError");
    }

    @Test
    void aRequestIdCannotForgeLinesOfTheLog() {
        Answer answer = host.call("{\"method\":\"ping\",\"arguments\":[],\"context\":{\"request_id\":\"a\\n2026 b\"}}");
        assertThat(answer.stderr().lines()).allMatch(line -> line.contains("[a2026b]"));
    }

    private Answer failsWithEnv(String password, String tag) {
        return call(
                "create_vm",
                "[\"agent-1\",\"sc-1\",{\"fail\":\"secret\"},{},[],{\"bosh\":{\"password\":\"" + password
                        + "\",\"tags\":{\"a\":\"" + tag + "\"}}}]");
    }

    @Test
    void aSecretThatIsLongerThanAMessageDoesNotComeBackInParts() {
        Answer answer = failsWithEnv("Z9".repeat(5000), "t".repeat(9000));
        assertThat(answer.stdout() + answer.stderr()).doesNotContain("Z9Z9").contains("<redacted>");
        assertThat(answer.message()).hasSizeLessThan(4200).contains("tttt [… the log has the rest …] tttt");
        assertThat(answer.stderr()).contains("The whole message: The plugin example");
    }

    @Test
    void noControlCharacterOfARequestComesBackAndNoneForgesALineOfTheLog() {
        Answer answer = failsWithEnv("x", "a\\n2026 INFO [b] c\\u009b\\u2028\\u202e\\u0007");
        assertThat(answer.message()).contains("a\\n2026 INFO [b] c\\u009b\\u2028\\u202e\\u0007");
        assertThat(answer.stderr())
                .doesNotContain("\u009b", "\u2028", "\u202e", "\u0007")
                .contains("a\\n2026 INFO [b] c\\u009b");
        assertThat(answer.stderr().lines()).noneMatch(line -> line.startsWith("2026 INFO [b]"));
    }

    @Test
    void noFailureNamesAClassInTheMessage() {
        assertThat(createVm("{\"fail\":\"memory\"}").message())
                .isEqualTo("The CPI failed unexpectedly (of the example); the log has the details");
    }

    @Test
    void aFailureOfAPluginNamesItsFileAndClassAndTheLogHasTheTrace() {
        Answer answer = createVm("{\"fail\":\"stack\"}");
        assertThat(answer.message())
                .isEqualTo("The plugin example (" + host.plugin("example.jar")
                        + ") failed in example.ExampleCloud.create: StackOverflowError; put a version of the plugin"
                        + " there that works, or take the file out");
        assertThat(answer.stderr()).contains("at plugin example//example.ExampleCloud.fail(");
    }

    @Test
    void aPathThatNoFileCanHaveIsTold() {
        assertThat(call("create_stemcell", "[\"/tmp/a\\u0000b\",{}]").message())
                .isEqualTo("No file can have the path /tmp/a\\u0000b");
    }

    @Test
    void anUnknownKeyOfACpiConfigIsWarnedOf() {
        Answer answer = host.call("{\"method\":\"ping\",\"arguments\":[],\"context\":{\"director_uuid\":\"d\","
                + "\"request_id\":\"r\",\"vm\":{},\"exmaple\":{},\"log_level\":\"info\",\"plugin_dirs\":[],"
                + "\"metrics\":{\"file\":\"/tmp/m\"}}}");
        assertThat(answer.result()).isEqualTo("pong");
        assertThat(answer.stderr().lines())
                .filteredOn(line -> line.contains("WARN"))
                .satisfiesExactly(
                        unknown -> assertThat(unknown)
                                .contains("context.exmaple is not known here; did you mean example?"),
                        folders -> assertThat(folders).contains("context.plugin_dirs is ignored"),
                        metrics -> assertThat(metrics).contains("context.metrics is ignored"));
    }

    @Test
    void theLogLevelIsConfigured() {
        host.configure("{\"log_level\":\"error\"}");
        assertThat(call("ping", "[]").stderr()).isEmpty();
    }

    @Test
    void thePhasesOfACallAreToldAtDebugLevelWithTheirTimes() {
        host.configure("{\"log_level\":\"debug\",\"example\":{\"folder\":\"" + folder + "\"}}");
        assertThat(call("has_vm", "[\"vm-1\"]").stderr().lines())
                .filteredOn(line -> line.contains(" took "))
                .allMatch(line -> line.matches(".* DEBUG \\[.*] .* took [0-9]+\\.[0-9] ms"))
                .anyMatch(line -> line.contains("Loading the plugins"))
                .anyMatch(line -> line.contains("Making the provider"));

        host.configure("{\"log_level\":\"info\",\"example\":{\"folder\":\"" + folder + "\"}}");
        assertThat(call("has_vm", "[\"vm-1\"]").stderr()).doesNotContain(" took ");
    }

    @Test
    void secretsOfTheConfigurationDoNotComeOut() {
        host.configure("{\"example\":{\"folder\":\"" + folder + "\",\"phrase\":\"Xmellon7\"}}");
        Answer answer = createVm("{}");
        assertThat(answer.stderr()).contains("and the phrase").doesNotContain("Xmellon7");
    }

    @Test
    void theContextOverridesTheConfigurationKeyByKey() {
        Path other = folder.resolve("other");
        host.configure("{\"example\":{\"folder\":\"/nonexistent\",\"phrase\":\"unused-phrase\"}}");
        Answer answer = host.call(
                "{\"method\":\"create_disk\",\"arguments\":[1,{},null],\"context\":{\"example\":{\"folder\":\"" + other
                        + "\"},\"region\":\"a\",\"credentials\":{\"secret\":\"s\"},\"plugin_dirs\":[\"/tmp\"]}}");
        assertThat(other.resolve(String.valueOf(answer.result()))).exists();
    }

    @Test
    void anUnknownKeyOfTheConfigurationIsNamed() {
        host.configure("{\"exmaple\":{\"folder\":\"x\"}}");
        assertThat(call("ping", "[]").message())
                .startsWith("configuration.exmaple is not known here; did you mean example?");
        host.configure("{\"example\":{\"folder\":\"x\",\"phrases\":\"secret-value\"}}");
        assertThat(call("has_vm", "[\"vm-1\"]").message())
                .startsWith("configuration.example.phrases is not known here; did you mean phrase?")
                .doesNotContain("secret-value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"provider\":\"other\"} | configuration.provider must be one of example",
                "{\"log_level\":\"loud\"} | configuration.log_level is not one of debug, info, warn, error",
                "{\"call_timeout\":0} | configuration.call_timeout must be a number of seconds",
                "{\"plugin_timeout\":0} | configuration.plugin_timeout must be a number of seconds from 1 to 3600",
                "{\"plugin_dirs\":[\"relative\"]} | configuration.plugin_dirs must be a list of absolute paths",
                "{\"plugin_dirs\":[\"/nonexistent\"]} | /nonexistent: does not exist, but is to be searched for plugins",
                "{\"metrics\":{\"file\":\"relative\"}} | configuration.metrics.file must be the absolute path of a file",
                "{\"metrics\":{}} | configuration.metrics.file must be the absolute path of a file",
                "{\"metrics\":{\"file\":\"/m\",\"interval\":0}} | configuration.metrics.interval must be a number of seconds",
                "{\"metrics\":{\"file\":\"/m\",\"intervall\":9}} | intervall is not known here; did you mean interval?",
                "[1] | is not a JSON object",
                "{\"example\": | is not valid JSON",
            })
    void aWrongConfigurationIsTold(String json, String expected) {
        host.configure(json);
        assertThat(call("ping", "[]").message()).contains(expected);
    }

    @Test
    void aMissingConfigurationIsNamed() throws IOException {
        Files.delete(folder.resolve("cpi.json"));
        assertThat(call("info", "[]").message()).endsWith("cpi.json does not exist");
    }

    @Test
    void aConfigurationWithAPrivateKeyThatAllCanReadIsWarnedOf() throws IOException {
        host.configure("{\"example\":{\"folder\":\"x\",\"phrase\":\"-----BEGIN PRIVATE KEY-----\\nabc\"}}");
        Files.setPosixFilePermissions(folder.resolve("cpi.json"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(call("ping", "[]").stderr())
                .contains("holds a private key, but every user of this machine can read it");
        Files.setPosixFilePermissions(folder.resolve("cpi.json"), PosixFilePermissions.fromString("rw-r-----"));
        assertThat(call("ping", "[]").stderr()).doesNotContain("private key");
    }

    @Test
    void aPrivateKeyOfTheRequestSaysNothingAboutTheConfigurationFile() throws IOException {
        Files.setPosixFilePermissions(folder.resolve("cpi.json"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(createVm("{}").stderr()).doesNotContain("every user of this machine can read it");
    }

    @Test
    void aResultIsWhatTheProviderReturnedToTheLetter() {
        String networks = "{\"n\":{\"type\":\"dynamic\",\"gateway\":\"10.77.1.1\",\"note\":\"Pass-1234\"}}";
        String env = "{\"bosh\":{\"ntp\":[\"10.77.1.1\"],\"password\":\"Pass-1234\"}}";
        Answer answer =
                host.call("{\"method\":\"create_vm\",\"arguments\":[\"a\",\"s\",{}," + networks + ",[]," + env + "]}");
        assertThat(answer.stdout()).contains("\"gateway\":\"10.77.1.1\"", "\"note\":\"Pass-1234\"");
        assertThat(answer.stderr()).doesNotContain("Pass-1234");
    }

    @Test
    void atDebugLevelTheArgumentsAreLoggedWithoutTheirSecrets() {
        host.configure("{\"log_level\":\"debug\",\"example\":{\"folder\":\"" + folder + "\"}}");
        assertThat(createVm("{}").stderr())
                .contains("Arguments: [", "green-team")
                .doesNotContain(KEY_LINE, "abcdefghijklmnopqrstuv", "blob-Pass-1");
    }

    @Test
    void withoutAnyProviderTheErrorSaysSo() throws IOException {
        Files.delete(host.plugin("example.jar"));
        host.configure("{}");
        assertThat(call("info", "[]").message()).startsWith("There is no provider");
    }

    @Test
    void textBeyondAsciiComesThrough() {
        Answer answer = call("has_vm", "[\"größe-✓\"]");
        assertThat(answer.message()).contains("position 3");
        assertThat(host.call(
                                "{\"method\":\"create_vm\",\"arguments\":[\"a\",\"s\",{},{\"größe ✓ 😀\":{\"type\":\"dynamic\"}},[],{}]}")
                        .stdout())
                .contains("größe ✓ 😀");
    }

    @Test
    void aLoneSurrogateDoesNotSpoilTheResponse() {
        String networks = "{\"n\":{\"type\":\"dynamic\",\"note\":\"x\\ud800y\"}}";
        assertThat(host.call("{\"method\":\"create_vm\",\"arguments\":[\"a\",\"s\",{}," + networks + ",[],{}]}")
                        .result())
                .isNotNull();
    }

    private void write(String name, String content) {
        try {
            Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
