package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.boshcpi.distribution.Packaged.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/cpi-prepare} on machines whose C compiler is missing or of no use. */
@Tag("distribution")
@Timeout(300)
class PrepareIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Packaged cpi;

    @SuppressWarnings("NullAway.Init")
    private Path launcher;

    @BeforeEach
    void copy() throws IOException {
        cpi = Packaged.in(folder).copy();
        Files.writeString(cpi.configuration(), "{}");
        launcher = cpi.home().resolve("bin/cpi");
    }

    @Test
    void aLauncherThatRunsHereIsKeptWhereThereIsNoCompiler() throws Exception {
        assumeTrue(cpi.hasCompiledLauncher(), "there is no C compiler");
        byte[] before = Files.readAllBytes(launcher);

        String stderr = prepareWithCompiler("exit 1");

        assertThat(launcher).hasBinaryContent(before);
        assertThat(stderr).isEmpty();
    }

    @Test
    void aLauncherThatRunsHereIsKeptWhereTheCompilerMakesWhatDoesNotRun() throws Exception {
        assumeTrue(cpi.hasCompiledLauncher(), "there is no C compiler");
        byte[] before = Files.readAllBytes(launcher);

        prepareWithCompiler("for last; do [ \"$o\" = -o ] && out=$last; o=$last; done\n"
                + "printf '#!/bin/sh\\nexit 1\\n' >\"$out\"; chmod 0755 \"$out\"");

        assertThat(launcher).hasBinaryContent(before);
        assertThat(cpi.home().resolve("bin/cpi.new")).doesNotExist();
    }

    @Test
    void aLauncherThatSpeaksSomethingElseGivesWayToTheScript() throws Exception {
        Files.delete(launcher);
        Files.writeString(launcher, "#!/bin/sh\necho BOSHCPI0\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();

        String stderr = prepareWithCompiler("exit 1");

        assertThat(launcher).hasSameBinaryContentAs(cpi.home().resolve("bin/cpi-cold"));
        assertThat(stderr).contains("no C compiler that works");
        assertThat(cpi.call("info").end().stdout()).startsWith("{\"result\":{\"api_version\":3");
    }

    private String prepareWithCompiler(String script) throws Exception {
        Path compiler = Files.createDirectories(folder.resolve("tools")).resolve("cc");
        Files.writeString(compiler, "#!/bin/sh\n" + script + "\n");
        assertThat(compiler.toFile().setExecutable(true)).isTrue();
        Running prepare =
                cpi.start("cpi-prepare", "", Map.of("PATH", compiler.getParent() + ":/usr/sbin:/usr/bin:/sbin:/bin"));
        assertThat(prepare.process().waitFor(240, TimeUnit.SECONDS)).isTrue();
        assertThat(prepare.process().exitValue()).isZero();
        return Files.readString(prepare.stderr());
    }
}
