package io.boshcpi.distribution.assembly;

import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.installation.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts the product's values into the scripts, and into a header for the launcher, which is compiled later. */
final class Templates {
    private Templates() {}

    static void fill(Distribution distribution) throws IOException {
        Product product = distribution.product();
        Path bin = distribution.home().resolve("bin");
        Path cold = bin.resolve("cpi-cold");
        fill(cold, product);
        fill(bin.resolve("cpi-host"), product);
        // Until bin/cpi-prepare has compiled the launcher, the script takes its place.
        Files.copy(cold, bin.resolve("cpi"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(
                distribution.home().resolve("lib/product.h"),
                "#define DEFAULT_SOCKET \"" + plain(product.socket()) + "\"\n");
    }

    /** The file keeps its mode. */
    private static void fill(Path script, Product product) throws IOException {
        String text = Files.readString(script)
                .replace("@config@", plain(product.config()))
                .replace("@socket@", plain(product.socket()));
        Files.writeString(script, text);
    }

    /** The path, if it means the same in a shell's quotes and in a C string. */
    private static String plain(Path path) {
        String text = path.toString();
        if (!text.matches("/[A-Za-z0-9 ._/-]+")) {
            throw new IllegalArgumentException(text + " has characters that scripts cannot quote");
        }
        return text;
    }
}
