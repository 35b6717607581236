package io.boshcpi.core.cli;

import io.boshcpi.core.call.Upkeep;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The configuration that a command works with. */
final class ConfigOption {
    private static final String DEFAULT = "/var/vcap/jobs/lxd_cpi/config/cpi.json";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The CPI's configuration; by default " + DEFAULT + ".")
    private @Nullable Path config;

    Upkeep open() {
        return new Upkeep(Commands.distribution(), path());
    }

    Path path() {
        return config == null ? Path.of(DEFAULT) : Commands.resolve(config);
    }
}
