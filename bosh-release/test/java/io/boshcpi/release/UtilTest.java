package io.boshcpi.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's commands, in a copy of manifests/ and with a stand-in for bosh that writes down how it is called. */
class UtilTest {
    @TempDir
    Path folder;

    @BeforeEach
    void aClone() throws IOException {
        copy(Repository.manifests(), folder.resolve("clone/manifests"));
        write("clone/bosh-release/target/bosh-lxd-cpi.tgz", "");
        write("bosh-deployment/bosh.yml", "");
        write("concourse-bosh-deployment/cluster/concourse.yml", "");
        write("zookeeper-release/manifests/zookeeper.yml", "");
        write("postgres-release/templates/postgres.yml", "");
        bosh("""
                #!/bin/bash
                { printf '%s\\n' "$@"; echo "ENV ${BOSH_ENVIRONMENT:-} ${BOSH_CLIENT:-} ${BOSH_CLIENT_SECRET:-} \
                ${BOSH_CA_CERT:-} ${BOSH_LOG_LEVEL:-} $(umask)"; } >>"$CALLS"
                if [ "$1" = int ]; then echo "value of ${*: -1}"; fi
                if [ "$1" = task ]; then cat "$CALLS.log"; fi
                """);
    }

    @Test
    void aloneItListsItsCommands() {
        assertThat(util().run().succeeded().output())
                .contains(
                        "capture_requests",
                        "cloud_config",
                        "deploy_bosh",
                        "deploy_concourse",
                        "deploy_postgres",
                        "deploy_zookeeper",
                        "deps",
                        "destroy",
                        "help",
                        "upload_releases",
                        "upload_stemcells");
    }

    @Test
    void sourcedItDefinesTheAliasAndChangesNothingElse() {
        Command.Result result = Command.of(
                        "bash",
                        "-c",
                        "before=$(set; shopt -p; set +o); . '" + folder.resolve("clone/manifests/util")
                                + "'; alias; [ \"$before\" = \"$(set; shopt -p; set +o)\" ] || diff <(echo \"$before\")"
                                + " <(set; shopt -p; set +o) | grep '^>' | grep -v -e BASH -e PIPESTATUS -e before -e '_='")
                .run();

        assertThat(result.output())
                .isEqualTo("alias util=''\\''" + folder.resolve("clone/manifests/util") + "'\\'''\n");
    }

    @Test
    void anUnknownCommandIsRefusedWithTheList() {
        Command.Result result = util("deploy_bsoh").run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors()).contains("no such command: deploy_bsoh", "deploy_bosh");
        assertThat(calls()).isEmpty();
    }

    @Test
    void deployBoshMakesADirectorOfBoshDeploymentAndOurOpsFiles() {
        util("deploy_bosh", "-v", "director_name=two words").run().succeeded();

        assertThat(calls())
                .startsWith(
                        "create-env", folder.resolve("bosh-deployment/bosh.yml").toString())
                .containsSubsequence(
                        "-o",
                        manifest("cpi.yml"),
                        "-o",
                        manifest("ops/local-release.yml"),
                        "--state",
                        clone("creds/state.json"),
                        "--vars-store",
                        clone("creds/bosh.yml"),
                        "-l",
                        manifest("bosh-vars.yml"),
                        "-v",
                        "cpi_release=" + clone("bosh-release/target/bosh-lxd-cpi.tgz"),
                        "-v",
                        "lxd_socket=/some/unix.socket",
                        "-v",
                        "director_name=two words");
    }

    @Test
    void nobodyElseCanReadWhatCreateEnvLeaves() throws IOException {
        util("deploy_bosh").run().succeeded();

        assertThat(calls().get(calls().size() - 1)).endsWith(" 0077");
        assertThat(Files.getPosixFilePermissions(folder.resolve("clone/creds"))).hasSize(3);
    }

    /** In a repository of its own, since the project may be tested in a copy without one. */
    @Test
    void gitIgnoresTheCredentials() throws IOException {
        Files.copy(Repository.root().resolve(".gitignore"), folder.resolve(".gitignore"));
        Command.of("git", "init", "--quiet").in(folder).run().succeeded();

        assertThat(Command.of("git", "check-ignore", "creds/bosh.yml")
                        .in(folder)
                        .run()
                        .output())
                .isEqualTo("creds/bosh.yml\n");
    }

    @Test
    void destroyUsesTheOptionsOfTheLastDeploy() {
        util("deploy_bosh", "-o", "two words.yml", "--recreate").run().succeeded();
        forget();

        util("destroy").run().succeeded();

        assertThat(calls())
                .startsWith("delete-env")
                .containsSubsequence("-o", "two words.yml")
                .doesNotContain("--recreate");
    }

    @Test
    void destroyTakesFurtherOptions() {
        util("deploy_bosh", "-o", "old.yml").run().succeeded();
        forget();

        util("destroy", "-o", "new.yml").run().succeeded();

        assertThat(calls()).containsSubsequence("old.yml", "new.yml");
    }

    @Test
    void destroyGoesWhereTheLastDeployWent() {
        util("deploy_bosh")
                .with("BOSH_VARS", "/mine.yml")
                .with("LXD_SOCKET", "/mine.socket")
                .run()
                .succeeded();
        forget();

        util("destroy").with("LXD_SOCKET", "/other.socket").run().succeeded();

        assertThat(calls())
                .containsSubsequence("lxd_socket=/other.socket", "-l", "/mine.yml", "-v", "lxd_socket=/mine.socket");
    }

    @Test
    void theLogLevelReachesBosh() {
        util("deploy_bosh").with("BOSH_LOG_LEVEL", "debug").run().succeeded();

        assertThat(calls().get(calls().size() - 1)).contains(" debug ");
    }

    @Test
    void foldersAreTakenFromTheEnvironment() throws IOException {
        for (String folders : List.of("B/bosh.yml", "C/cluster/concourse.yml", "P/templates/postgres.yml")) {
            write("other/" + folders, "");
        }
        write("other/Z/manifests/zookeeper.yml", "");
        director();

        util("deploy_bosh")
                .with("BOSH_DEPLOYMENT_DIR", folder.resolve("other/B"))
                .run()
                .succeeded();
        util("deploy_concourse")
                .with("CONCOURSE_DIR", folder.resolve("other/C"))
                .run()
                .succeeded();
        util("deploy_postgres")
                .with("POSTGRES_DIR", folder.resolve("other/P"))
                .run()
                .succeeded();
        util("deploy_zookeeper")
                .with("ZOOKEEPER_DIR", folder.resolve("other/Z"))
                .run()
                .succeeded();

        assertThat(calls())
                .contains(
                        folder.resolve("other/B/bosh.yml").toString(),
                        folder.resolve("other/C/cluster/concourse.yml").toString(),
                        folder.resolve("other/P/templates/postgres.yml").toString(),
                        folder.resolve("other/Z/manifests/zookeeper.yml").toString());
    }

    @Test
    void theSocketIsFoundWhereServersPutIt() throws IOException {
        Path servers = folder.resolve("lxd");
        Files.createDirectories(servers);
        Command.of("ruby", "-rsocket", "-e", "UNIXServer.new(ARGV[0])", servers.resolve("unix.socket"))
                .run()
                .succeeded();

        assertThat(util("--dry-run", "deploy_bosh")
                        .with("LXD_SOCKET", "")
                        .with("LXD_DIR", servers)
                        .run()
                        .succeeded()
                        .output())
                .contains("lxd_socket=" + servers.resolve("unix.socket"));
    }

    @Test
    void aMissingCloneIsNamedWithTheWayToGetIt() {
        Command.Result result =
                util("deploy_bosh").with("BOSH_DEPLOYMENT_DIR", "/nowhere").run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors())
                .contains("/nowhere/bosh.yml", "git clone https://github.com/cloudfoundry/bosh-deployment");
        assertThat(calls()).isEmpty();
    }

    @Test
    void aMissingReleaseIsNamedWithTheWayToBuildIt() {
        assertThat(util("deploy_bosh").with("CPI_RELEASE", "/nowhere.tgz").run().errors())
                .contains("/nowhere.tgz", "bosh-release/build");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "zookeeper", "concourse"})
    void deploymentsGetTheirOpsFileAndTheirOwnCredentials(String name) throws IOException {
        director();

        util("deploy_" + name, "-n").run().succeeded();

        assertThat(calls())
                .containsSubsequence(
                        "-d",
                        name,
                        "deploy",
                        "-o",
                        manifest("deployments/" + name + ".yml"),
                        "--vars-store",
                        clone("creds/" + name + ".yml"),
                        "-v",
                        "stemcell_os=ubuntu-noble",
                        "-n");
    }

    @Test
    void theDirectorIsTheOneThatWasDeployed() throws IOException {
        director();

        util("cloud_config").run().succeeded();

        assertThat(calls())
                .containsSubsequence(
                        "update-cloud-config",
                        manifest("cloud-config.yml"),
                        "-l",
                        manifest("bosh-vars.yml"),
                        "ENV value of /internal_ip admin value of /admin_password value of /director_ssl/ca  "
                                + umask());
    }

    @Test
    void aDirectorThatTheEnvironmentNamesIsUsedAsItIs() {
        util("cloud_config").with("BOSH_ENVIRONMENT", "mine").run().succeeded();

        assertThat(calls()).startsWith("update-cloud-config").anyMatch(line -> line.startsWith("ENV mine  "));
    }

    @Test
    void withoutADirectorItSaysHowToGetOne() {
        assertThat(util("cloud_config").run().errors()).contains("util deploy_bosh", "BOSH_ENVIRONMENT");
    }

    @Test
    void stemcellsAreUploadedByNameOrByAddress() throws IOException {
        director();

        util("upload_stemcells", "jammy-vm", "/tmp/mine.tgz").run().succeeded();

        assertThat(calls())
                .anyMatch(line -> line.endsWith("openstack-kvm-ubuntu-jammy-go_agent.tgz"))
                .containsSubsequence("upload-stemcell", "/tmp/mine.tgz");
        assertThat(util("upload_stemcells", "nobel").run().errors()).contains("no such stemcell: nobel");
    }

    @Test
    void releasesWithoutAnAddressInTheirManifestAreUploaded() throws IOException {
        director();

        util("upload_releases").run().succeeded();

        assertThat(calls())
                .anyMatch(line -> line.endsWith("/postgres-release"))
                .anyMatch(line -> line.endsWith("/zookeeper-release"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cloud_config",
                "deploy_bosh",
                "deploy_concourse",
                "deploy_postgres",
                "deploy_zookeeper",
                "destroy",
                "upload_releases",
                "upload_stemcells"
            })
    void aDryRunPrintsWhatWouldRunAndDoesNothing(String command) {
        List<String> printed =
                util("--dry-run", command, "/an argument").run().succeeded().lines();

        assertThat(printed).isNotEmpty().allMatch(line -> line.startsWith("bosh "));
        assertThat(printed).anyMatch(line -> line.endsWith(" /an\\ argument"));
        assertThat(calls()).isEmpty();
        assertThat(folder.resolve("clone/creds")).doesNotExist();
    }

    @Test
    void depsNamesWhatIsMissing() throws IOException {
        Command.Result result = util("deps")
                .with("LXD_SOCKET", "/nowhere/unix.socket")
                .with("BOSH_DEPLOYMENT_DIR", "/nowhere")
                .run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines())
                .contains("ok       bosh", "ok       ruby")
                .anyMatch(line -> line.startsWith("missing  access to /nowhere/unix.socket"))
                .anyMatch(line -> line.startsWith("missing  /nowhere/bosh.yml: git clone "));
    }

    @Test
    void requestsOfATaskComeAsOneDocumentALineThatCanBeSentAgain() throws IOException {
        director();
        write("calls.log", """
                D, [2026-08-01T09:12:44 #1] [] DEBUG -- DirectorJobRunner: [external-cpi] [cpi-1] request: \
                {"method":"create_vm","arguments":["agent","sc",{"cpu":"<redacted>"},{"default":{"ip":"10.0.0.9",\
                "cloud_properties":{"name":"<redacted>"}}},[],{"bosh":{"mbus":"<redacted>","group":"grün"}}],\
                "context":{"director_uuid":"d","lxd":"<redacted>"},"api_version":2} with command: /x/bin/cpi
                D, [2026-08-01T09:12:44 #1] [] DEBUG -- DirectorJobRunner: [external-cpi] [cpi-1] response: {"result":1}
                """);

        Command.Result result = util("capture_requests", "42").run().succeeded();

        assertThat(calls()).containsSubsequence("task", "42", "--debug");
        assertThat(result.lines())
                .containsExactly(
                        "{\"method\":\"create_vm\",\"arguments\":[\"agent\",\"sc\",{},{\"default\":{\"ip\":\"10.0.0.9\","
                                + "\"cloud_properties\":{}}},[],{\"bosh\":{\"group\":\"grün\"}}],"
                                + "\"context\":{\"director_uuid\":\"d\"},\"api_version\":2}");
        assertThat(result.errors()).contains("cpu, lxd, mbus, name");
    }

    @Test
    void secretsInTheLogOfCreateEnvAreStruckOut() throws IOException {
        Path log = write("env.log", """
                [cpiCmdRunner] 2026/08/01 DEBUG - Exit Code 0 when executing external CPI command '/x/bin/cpi'
                STDIN: '{"method":"create_vm","arguments":[{"bosh":{"password":"hash","mbus":{"cert":{"private_key":"k"}},\
                "key":"-----BEGIN RSA PRIVATE KEY-----"}},"https://mbus:geheim@0.0.0.0:6868"]}'
                STDOUT: '{}'
                """);

        Command.Result result = util("capture_requests", log.toString()).run().succeeded();

        assertThat(result.lines())
                .containsExactly(
                        "{\"method\":\"create_vm\",\"arguments\":[{\"bosh\":{\"password\":\"<redacted>\",\"mbus\":{\"cert\":"
                                + "{\"private_key\":\"<redacted>\"}},\"key\":\"<redacted>\"}},"
                                + "\"https://<redacted>@0.0.0.0:6868\"]}");
    }

    @Test
    void aLogWithoutRequestsIsAnError() {
        Command.Result result =
                util("capture_requests", "-").reading("Task 42 done\n").run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors()).contains("is it a debug log?");
    }

    private Command util(String... arguments) {
        Object[] words = Stream.concat(Stream.of(folder.resolve("clone/manifests/util")), Stream.of(arguments))
                .toArray();
        return Command.of(words)
                .in(folder)
                .with("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"))
                .with("CALLS", folder.resolve("calls"))
                .with("LXD_SOCKET", "/some/unix.socket");
    }

    /** Words that bosh was called with, and after each call a line about its environment. */
    private List<String> calls() {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Repository.read(calls).lines().toList() : List.of();
    }

    private void forget() {
        assertThat(folder.resolve("calls").toFile().delete()).isTrue();
    }

    private void director() throws IOException {
        write("clone/creds/bosh.yml", "");
    }

    private void bosh(String script) throws IOException {
        assertThat(write("bin/bosh", script).toFile().setExecutable(true)).isTrue();
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private String manifest(String name) {
        return clone("manifests/" + name);
    }

    private String clone(String name) {
        return folder.resolve("clone").resolve(name).toString();
    }

    private static String umask() {
        return Command.of("bash", "-c", "umask").run().output().strip();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Command.of("cp", "-R", from, to).run().succeeded();
    }
}
