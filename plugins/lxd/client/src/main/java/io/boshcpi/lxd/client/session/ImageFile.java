package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.failure.LxdException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** A file as the content of an image, as it is. */
public final class ImageFile implements ImageContent {
    private final Path file;

    /**
     * @param file a regular file; anything else is a {@link LxdException.Kind#INVALID} at its upload
     */
    public ImageFile(Path file) {
        this.file = file;
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public long length() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException("not a regular file");
        }
        return attributes.size();
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(file);
    }
}
