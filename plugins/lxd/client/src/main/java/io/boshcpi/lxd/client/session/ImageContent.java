package io.boshcpi.lxd.client.session;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of an image, which can be read more than once: for its fingerprint, and if a request is repeated. */
public interface ImageContent {
    /** What messages call it. */
    String name();

    /**
     * The exact number of bytes.
     *
     * @throws IOException if they cannot be read
     */
    long length() throws IOException;

    /**
     * Reads them from the start.
     *
     * @throws IOException if they cannot be read
     */
    InputStream open() throws IOException;
}
