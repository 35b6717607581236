package io.boshcpi.core.resident;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * The socket file of a host.
 *
 * <p>It is bound in a folder that other users cannot enter, gets mode 0600 there, and is then moved to its path. So no
 * other user can ever open it, and the socket that a killed host left is replaced at once. A locked file beside it keeps
 * a second host from taking the same path.
 */
final class SocketFile implements AutoCloseable {
    private static final int BACKLOG = 256;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path path;
    private final FileChannel lockFile;
    private final ServerSocketChannel channel;
    private final UserPrincipal owner;

    private SocketFile(Path path, FileChannel lockFile) throws IOException {
        this.path = path;
        this.lockFile = lockFile;
        this.channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Path folder = Files.createTempDirectory(parent(path), ".cpi-");
        Path hidden = folder.resolve("s");
        try {
            channel.bind(UnixDomainSocketAddress.of(hidden), BACKLOG);
            Files.setPosixFilePermissions(hidden, OWNER_ONLY);
            owner = Files.getOwner(hidden);
            Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(hidden);
            Files.delete(folder);
        }
    }

    /**
     * Makes the socket.
     *
     * @throws IOException if another host has it, too
     */
    static SocketFile at(Path path) throws IOException {
        FileChannel lockFile = FileChannel.open(
                Path.of(path + ".lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            FileLock lock = lockFile.tryLock();
            if (lock == null) {
                throw new IOException("Another host listens at " + path);
            }
            return new SocketFile(path, lockFile);
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    private static Path parent(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(path + " is no place for a socket");
        }
        return parent;
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** The user that the host runs as. */
    UserPrincipal owner() {
        return owner;
    }

    /** Closes the socket for new launchers; those that have connected are served. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        channel.close();
        lockFile.close();
    }
}
