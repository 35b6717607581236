package io.boshcpi.lxd.provider.disk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The scripts that deal with persistent disks inside a guest. What each of them does is explained at its top. */
public final class GuestScript {
    private GuestScript() {}

    /**
     * A script's text.
     *
     * @param name a file of this package's resources in {@code guest/}
     */
    public static byte[] read(String name) {
        try (InputStream in = GuestScript.class.getResourceAsStream("guest/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The plugin lacks its resource guest/" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("guest/" + name, e);
        }
    }
}
