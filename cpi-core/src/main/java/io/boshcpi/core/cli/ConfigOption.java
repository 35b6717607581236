package io.boshcpi.core.cli;

import io.boshcpi.core.call.Upkeep;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The configuration that a command works with. */
final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The CPI's configuration; by default ${bundle:product.config}.")
    private @Nullable Path config;

    Upkeep open() {
        return new Upkeep(Commands.distribution(), path());
    }

    Path path() {
        return config == null ? Commands.distribution().product().config() : Commands.resolve(config);
    }
}
