package io.boshcpi.core.installation;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that the CPI runs from: {@code bin}, {@code lib} and {@code plugins}.
 *
 * @param home the folder
 */
public record Distribution(Path home) {
    /** The folder of plugins. */
    public Path plugins() {
        return home.resolve("plugins");
    }

    /** What is known about the plugins that ship with the distribution. */
    public Path pluginIndex() {
        return home.resolve("lib/plugins.index");
    }

    /** The class path of calls as an argument file of Java's. */
    public Path classPath() {
        return home.resolve("lib/class-path");
    }

    /** The class path of commands for people: that of calls, so that the archive of classes fits, and their libraries. */
    public Path commandClassPath() {
        return home.resolve("lib/command.class-path");
    }

    /** The file with the build ID. */
    public Path buildFile() {
        return home.resolve("lib/build");
    }

    /** The file that says which product this is. */
    public Path productFile() {
        return home.resolve("lib/product.properties");
    }

    /** Which product this is. */
    public Product product() {
        return Product.read(productFile());
    }

    /** A hash over the content: two distributions with the same ID behave the same. */
    public String buildId() {
        try {
            return Files.readString(buildFile()).strip();
        } catch (IOException e) {
            throw new CpiException(ErrorType.CPI_ERROR, buildFile() + " cannot be read", e);
        }
    }
}
