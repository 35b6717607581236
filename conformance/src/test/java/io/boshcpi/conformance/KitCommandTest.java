package io.boshcpi.conformance;

import static io.boshcpi.conformance.ScriptedCpi.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.conformance.rules.Rule;
import io.boshcpi.conformance.rules.Rules;
import io.boshcpi.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import picocli.CommandLine;

/** The command as people and build servers see it, with CPIs that are scripts. */
class KitCommandTest {
    private static final String INFO = answer("{\"api_version\":3,\"stemcell_formats\":[\"scripted-tar\"]}");
    private static final String NOT_IMPLEMENTED =
            "echo '{\"result\":null,\"error\":{\"type\":\"Bosh::Clouds::NotImplemented\",\"message\":\"no\","
                    + "\"ok_to_retry\":false},\"log\":\"\"}'";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aCpiThatKeepsTheRulesEndsWithStatusZero() throws Exception {
        int status = kit(List.of("request=$(cat)", INFO), "--only", "info");

        assertThat(out.toString()).contains("passed       info.director").contains("4 rules: 4 passed");
        assertThat(status).isZero();
    }

    @Test
    void aFindingTellsRuleSourceRequestAnswerAndExpectationWithoutSecrets() throws Exception {
        Path config = Files.writeString(folder.resolve("cpi.json"), "{\"cloud\":{\"password\":\"sesame-0815-open\"}}");
        int status = kit(
                List.of(
                        "request=$(cat)",
                        "echo connecting with sesame-0815-open >&2",
                        answer("{\"stemcell_formats\":[]}")),
                "--only",
                "info.director,wire.secrets-of-configuration",
                "--config",
                config.toString());

        assertThat(out.toString())
                .contains("FINDING      info.director")
                .contains("source:   Director: bosh/director/cloud_factory.rb")
                .contains("expected: a result with the key api_version")
                .contains("request:  {\"method\":\"info\",\"arguments\":[]")
                .contains("answer:   {\"result\":{\"stemcell_formats\":[]}")
                .contains("FINDING      wire.secrets-of-configuration")
                .contains("expected: no secret of the configuration in stderr")
                .contains("connecting with <redacted>")
                .doesNotContain("sesame-0815-open");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void junitHasOneTestCaseForEachRule() throws Exception {
        Path xml = folder.resolve("junit.xml");
        int status = kit(
                List.of("request=$(cat)", "case $request in *'\"info\"'*)", INFO, ";; *)", NOT_IMPLEMENTED, ";; esac"),
                "--junit",
                xml.toString());

        Document document =
                DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(xml.toFile());
        List<String> names = new ArrayList<>();
        for (int i = 0; i < document.getElementsByTagName("testcase").getLength(); i++) {
            names.add(((Element) document.getElementsByTagName("testcase").item(i)).getAttribute("name"));
        }
        assertThat(names).isEqualTo(Rules.all().stream().map(Rule::id).toList());
        assertThat(document.getDocumentElement().getAttribute("tests")).isEqualTo(String.valueOf(names.size()));
        assertThat(document.getElementsByTagName("failure").getLength()).isPositive();
        assertThat(document.getElementsByTagName("error").getLength()).isPositive();
        assertThat(document.getElementsByTagName("skipped").getLength()).isPositive();
        assertThat(status).isEqualTo(1);
    }

    @Test
    void jsonIsOneDocument() throws Exception {
        kit(List.of("request=$(cat)", INFO), "--only", "info", "--json");

        Map<String, ?> report = Json.readObject(out.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(report.get("passed")).isEqualTo(true);
        assertThat((List<?>) report.get("rules")).hasSize(4);
        assertThat(report.get("left_behind")).isEqualTo(List.of());
    }

    @Test
    void whatCannotBeRemovedIsNamed() throws Exception {
        int status = kit(
                List.of(
                        "request=$(cat)",
                        "case $request in *'\"info\"'*)",
                        INFO,
                        ";; *create_stemcell*)",
                        answer("\"sc-7\""),
                        ";; *)",
                        "echo '{\"result\":null,\"error\":{\"type\":\"Bosh::Clouds::CloudError\",\"message\":\"disk on fire\","
                                + "\"ok_to_retry\":false},\"log\":\"\"}'",
                        ";; esac"),
                "--only",
                "stemcells.create");

        assertThat(out.toString())
                .contains("passed       stemcells.create")
                .contains("LEFT BEHIND  delete_stemcell sc-7: Bosh::Clouds::CloudError, disk on fire");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void theListHasEveryRuleOnce() {
        int status = run("--list");

        assertThat(status).isZero();
        for (Rule rule : Rules.all()) {
            assertThat(out.toString()).contains(rule.id() + "\n    " + rule.text() + "\n    " + rule.source() + "\n");
        }
        List<String> ids = Rules.all().stream().map(Rule::id).toList();
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    }

    @Test
    void wrongUseEndsWithStatusTwoAndNamesTheMistake() throws Exception {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("--cpi is missing");
        assertThat(kit(List.of("cat"), "--only", "info,disk")).isEqualTo(2);
        assertThat(err.toString()).contains("--only names disk, which is no rule and no group");
        Path properties = Files.writeString(folder.resolve("p.json"), "{\"vms\":{}}");
        assertThat(kit(List.of("cat"), "--properties", properties.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("In the properties file, vms is unknown; known are");
        Files.writeString(properties, "{\"network\":{\"range\":\"10.0.0.0/24\",\"gateway\":\"10.0.0.1\"}}");
        assertThat(kit(List.of("cat"), "--properties", properties.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("network.addresses must be a list of addresses");
        assertThat(run(
                        "--cpi",
                        "/none/cpi",
                        "--stemcell",
                        new ScriptedCpi(folder).stemcell().toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("The CPI does not start").contains("/none/cpi");
    }

    @Test
    void aRunThatIsStoppedRemovesWhatItHasMade() throws Exception {
        ScriptedCpi cpi = new ScriptedCpi(folder);
        Path calls = folder.resolve("calls");
        Path vmAsked = folder.resolve("vm-asked");
        Path goOn = folder.resolve("go-on");
        cpi.script(
                "request=$(cat)",
                "echo \"$request\" >> " + calls,
                "case $request in *'\"info\"'*)",
                INFO,
                ";; *create_stemcell*)",
                answer("\"sc-1\""),
                ";; *create_vm*)",
                "touch " + vmAsked + "; while ! [ -e " + goOn + " ]; do sleep 0.1; done",
                answer("[\"vm-1\",{}]"),
                ";; *)",
                answer("null"),
                ";; esac");
        Process kit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KitCommand.class.getName(),
                        "--cpi",
                        folder.resolve("cpi").toString(),
                        "--stemcell",
                        cpi.stemcell().toString(),
                        "--only",
                        "vms.create,vms.has,vms.metadata")
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        while (!Files.exists(vmAsked)) {
            assertThat(kit.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        kit.destroy();
        Files.createFile(goOn);

        assertThat(kit.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(calls))
                .contains("\"delete_vm\",\"arguments\":[\"vm-1\"]")
                .contains("\"delete_stemcell\",\"arguments\":[\"sc-1\"]")
                .doesNotContain("has_vm");
        assertThat(Files.readString(folder.resolve("out"))).contains("stopped before the end");
    }

    private int kit(List<String> script, String... options) throws Exception {
        ScriptedCpi cpi = new ScriptedCpi(folder);
        List<String> words = new ArrayList<>(List.of(
                "--cpi",
                cpi.script(script.toArray(String[]::new)).toString(),
                "--stemcell",
                cpi.stemcell().toString()));
        words.addAll(Arrays.asList(options));
        return run(words.toArray(String[]::new));
    }

    private int run(String... words) {
        return new CommandLine(new KitCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
    }
}
