package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.rpc.Documents;
import io.boshcpi.core.testing.PluginBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators can write is shown from the options that the code declares. */
class OptionsIT {
    private static final Path PAGE = Path.of("../docs/cloud-properties.md");

    @TempDir
    private Path folder;

    @Test
    void theDocumentedCloudPropertiesAreThoseOfTheCode() throws IOException {
        Path made = Path.of("target/cloud-properties.md");
        Files.writeString(made, options("--markdown"));

        assertThat(PAGE)
                .as("copy distribution/target/cloud-properties.md to docs/")
                .hasSameTextualContentAs(made);
    }

    @Test
    void peopleAndProgramsGetTheOptions() {
        assertThat(options()).contains("Pools of the driver `zfs`", "zfs.blocksize", "instance_type");
        assertThat(Documents.read("stdout", options("--json").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(List.class)
                .asString()
                .contains("name=zfs.blocksize", "kind=string", "default_value=true");
    }

    @Test
    void theOptionsOfAThirdPartysPluginAreShownToo() throws IOException {
        Path own = CpiProcess.copyOfDistribution(folder.resolve("own"));
        new PluginBuilder("lxd-gpus")
                .attribute("Plugin-Dependencies", "lxd@>=1.0.0 & <2.0.0")
                .with(own.resolve("plugins/lxd.jar"))
                .source("Gpus", """
                        import io.boshcpi.lxd.spi.*;
                        import io.boshcpi.spi.*;
                        @org.pf4j.Extension
                        public class Gpus implements DeviceContributor {
                            public Options options() {
                                return Options.of(Option.integer("gpus", "number of GPUs").withRange(1, 8));
                            }
                            public java.util.List<Device> devices(DeviceRequest request) { return java.util.List.of(); }
                        }
                        """)
                .build(own.resolve("plugins/lxd-gpus.jar"));

        CpiProcess.Output output =
                CpiProcess.of(own.resolve("bin/cpi"), folder).run(new byte[0], "plugins", "--options", "--markdown");

        assertThat(output.stdout()).contains("| `gpus` | whole number | number of GPUs; 1 to 8 |");
    }

    private String options(String... format) {
        String[] words = new String[2 + format.length];
        words[0] = "plugins";
        words[1] = "--options";
        System.arraycopy(format, 0, words, 2, format.length);
        CpiProcess.Output output = CpiProcess.of(CpiProcess.distribution().resolve("bin/cpi"), folder)
                .run(new byte[0], words);
        assertThat(output.status()).as(output.stderr()).isZero();
        return output.stdout();
    }
}
