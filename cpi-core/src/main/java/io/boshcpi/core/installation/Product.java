package io.boshcpi.core.installation;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What the distribution says about itself in {@code lib/product.properties}. For people's commands and the resident
 * host; a call does not read it.
 *
 * @param title one line that says what this is, without a full stop
 * @param version the version
 * @param config the configuration of a call that names none
 * @param socket where the resident host listens if nothing else is said
 * @param provider the provider of a configuration that leaves it open; empty if the product has none for that
 */
public record Product(String title, String version, Path config, Path socket, Optional<String> provider) {
    private static final String PREFIX = "product.";

    /**
     * Reads the properties.
     *
     * @throws CpiException if the file cannot be read or lacks a property
     */
    public static Product read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new CpiException(ErrorType.CPI_ERROR, file + " cannot be read", e);
        }
        return new Product(
                property(file, properties, "title"),
                property(file, properties, "version"),
                Path.of(property(file, properties, "config")),
                Path.of(property(file, properties, "socket")),
                Optional.ofNullable(properties.getProperty(PREFIX + "provider")));
    }

    private static String property(Path file, Properties properties, String name) {
        String value = properties.getProperty(PREFIX + name);
        if (value == null || value.isBlank()) {
            throw new CpiException(ErrorType.CPI_ERROR, file + " lacks " + PREFIX + name);
        }
        return value;
    }
}
