package io.boshcpi.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the job's host-ctl as root for another user, in folders that this user may have prepared. */
class HostControlTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path script;

    @SuppressWarnings("NullAway.Init")
    private Path log;

    @SuppressWarnings("NullAway.Init")
    private Path ofRoot;

    @BeforeEach
    void install() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can run as another user");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path host =
                Files.createDirectories(folder.resolve("packages/lxd_cpi/bin")).resolve("cpi-host");
        Files.writeString(
                host,
                "#!/bin/sh\necho listens as $(id -un)\necho $$ >\"" + folder
                        + "/sys/run/lxd_cpi/started\"\nexec sleep 600\n");
        assertThat(host.toFile().setExecutable(true, false)).isTrue();
        String text = Repository.read(Repository.job().resolve("templates/host-ctl.erb"))
                .replace("/var/vcap", folder.toString())
                .replace("vcap:vcap", "nobody:nogroup")
                .replace("--reuid=vcap --regid=vcap", "--reuid=nobody --regid=nogroup");
        script = Files.writeString(folder.resolve("host-ctl"), text);
        Files.createDirectories(folder.resolve("sys/run"));
        log = folder.resolve("sys/log/lxd_cpi");
        ofRoot = Files.writeString(folder.resolve("of-root"), "root's\n");
        Files.setPosixFilePermissions(ofRoot, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void stop() {
        if (script != null) {
            control("stop").succeeded();
        }
    }

    private Command.Result control(String action) {
        return Command.of("bash", script, action).run();
    }

    private void startAndWait() {
        control("start").succeeded();
        while (!Files.exists(folder.resolve("sys/run/lxd_cpi/started"))) {
            Thread.onSpinWait();
        }
    }

    private static String owner(Path file) throws IOException {
        return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
    }

    @Test
    void theHostAndItsLogAreTheUsers() throws IOException {
        startAndWait();

        assertThat(Files.readString(log.resolve("host.log"))).isEqualTo("listens as nobody\n");
        assertThat(owner(log.resolve("host.log"))).isEqualTo("nobody");
        assertThat(Files.readString(folder.resolve("sys/run/lxd_cpi.pid")).strip())
                .isEqualTo(Files.readString(folder.resolve("sys/run/lxd_cpi/started"))
                        .strip());
    }

    @Test
    void aLinkInThePlaceOfTheLogLeadsRootNowhere() throws IOException {
        Files.createDirectories(log);
        Files.createSymbolicLink(log.resolve("host.log"), ofRoot);
        Files.createSymbolicLink(folder.resolve("sys/run/lxd_cpi.pid"), ofRoot);

        startAndWait();

        assertThat(Files.readString(ofRoot)).isEqualTo("root's\n");
        assertThat(Files.isSymbolicLink(log.resolve("host.log"))).isFalse();
        assertThat(Files.readString(log.resolve("host.log"))).isEqualTo("listens as nobody\n");
    }

    @Test
    void aLinkInThePlaceOfAFolderIsRefused() throws IOException {
        Files.createDirectories(log.getParent());
        Path target = Files.createDirectory(folder.resolve("target"));
        Files.createSymbolicLink(log, target);

        Command.Result result = control("start");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors()).contains(log + " is a symbolic link; remove it");
        assertThat(owner(target)).isEqualTo("root");
    }

    @Test
    void aLogThatRootHasOpenedBeforeMakesRoom() throws IOException {
        Files.createDirectories(log);
        Files.writeString(log.resolve("host.log"), "of an earlier version\n");

        startAndWait();

        assertThat(owner(log.resolve("host.log"))).isEqualTo("nobody");
    }
}
