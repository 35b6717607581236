package example;

import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.ProviderContext;
import io.boshcpi.spi.ProviderFactory;
import io.boshcpi.spi.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pf4j.Extension;

/** A provider whose cloud is a folder: each VM, disk, … is a file in it. Tests compile it and drop it in. */
@Extension
public final class ExampleProviderFactory implements ProviderFactory<ExampleProviderFactory.Config> {
    /** The folder, and a secret to be kept. */
    public record Config(String folder, Optional<Secret> phrase) {}

    @Override
    public String name() {
        return "example";
    }

    @Override
    public List<String> stemcellFormats() {
        return List.of("example-tar", "general-tar");
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CloudProvider create(Config config, ProviderContext context) {
        return new ExampleCloud(Path.of(config.folder()), config.phrase());
    }
}
