package io.boshcpi.core.dist;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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

    /** The class path as an argument file of Java's. */
    public Path classPath() {
        return home.resolve("lib/class-path");
    }

    /** Version and build ID, one a line. */
    public Path buildFile() {
        return home.resolve("lib/build");
    }

    /** The version, for people. */
    public String version() {
        return buildLines().get(0);
    }

    /** A hash over the content: two distributions with the same ID behave the same. */
    public String buildId() {
        return buildLines().get(1);
    }

    private List<String> buildLines() {
        try {
            List<String> lines = Files.readAllLines(buildFile());
            if (lines.size() == 2) {
                return lines;
            }
            throw CpiException.badRequest(buildFile() + " is damaged");
        } catch (IOException e) {
            throw new CpiException(ErrorType.CPI_ERROR, buildFile() + " cannot be read", e);
        }
    }
}
