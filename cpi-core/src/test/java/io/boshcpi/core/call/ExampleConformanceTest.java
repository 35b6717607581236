package io.boshcpi.core.call;

import io.boshcpi.core.config.Configuration;
import io.boshcpi.core.log.Redactor;
import io.boshcpi.core.plugin.PluginCatalog;
import io.boshcpi.core.plugin.PluginHost;
import io.boshcpi.core.testing.TestHost;
import io.boshcpi.spi.AgentId;
import io.boshcpi.spi.AgentSettings;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import io.boshcpi.spi.VmRequest;
import io.boshcpi.testkit.ProviderConformance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The conformance suite, run through a plugin that was dropped in: so both are known to work. */
class ExampleConformanceTest extends ProviderConformance {
    @TempDir
    private static Path folder;

    @Override
    protected CloudProvider createProvider() {
        try (TestHost host = TestHost.withExample(folder)) {
            PluginHost plugins =
                    PluginHost.start(host.distribution(), PluginCatalog.read(host.distribution(), List.of()));
            Path file = Files.writeString(
                    folder.resolve("cpi.json"), "{\"example\":{\"folder\":\"" + folder + "/cloud\"}}");
            return new Clouds()
                    .take(plugins, "example", Configuration.read(file), new Redactor())
                    .cloud();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected StemcellImage stemcellImage() {
        try {
            Path image = Files.writeString(folder.resolve("image"), "an image");
            return new StemcellImage(image, PropertyTree.empty("cloud_properties"), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected VmRequest vmRequest(AgentId agent, StemcellCid stemcell, List<DiskCid> disks) {
        return new VmRequest(
                new AgentSettings(agent, Optional.empty(), Map.of(), List.of(), Map.of()),
                stemcell,
                PropertyTree.empty("cloud_properties"),
                List.of(NetworkSpec.of("default", PropertyTree.of("default", Map.of("type", "dynamic")))),
                disks);
    }
}
