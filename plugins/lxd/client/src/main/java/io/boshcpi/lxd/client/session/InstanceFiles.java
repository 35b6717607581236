package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.ApiReply;
import io.boshcpi.lxd.client.engine.BoundedStream;
import io.boshcpi.lxd.client.engine.Dialect;
import io.boshcpi.lxd.client.engine.Request;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Bytes;
import io.boshcpi.lxd.client.model.FileAttributes;
import io.boshcpi.lxd.client.model.GuestFile;
import io.boshcpi.lxd.client.transport.HttpBody;
import io.boshcpi.lxd.client.transport.HttpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of one instance, which may be stopped or running. Paths are absolute and as the guest sees them.
 *
 * <p>Any request can fail with {@link Kind#FILES_UNREACHABLE}, mostly the first of a stopped container.
 */
public final class InstanceFiles {
    private static final int MAX_FILE = 4 << 20;

    /** With the type of a form, which many clients send by default, the servers store an empty file. */
    private static final String BYTES = "application/octet-stream";

    private final Rest rest;
    private final Url url;

    InstanceFiles(Rest rest, Url url) {
        this.rest = rest;
        this.url = url;
    }

    /**
     * Writes a file, and replaces one that is there. The directory must exist. A symbolic link at the path is followed.
     */
    public void push(String path, FileAttributes attributes, byte[] content) {
        Map<String, String> headers = headers("file", attributes);
        Dialect.put(headers, "write", "overwrite");
        post(path, headers, content);
    }

    /** Makes a directory in one that exists. Leaves a directory that is there as it is. */
    public void makeDirectory(String path, FileAttributes attributes) {
        post(path, headers("directory", attributes), new byte[0]);
    }

    /** Makes a symbolic link. */
    public void link(String path, String target) {
        post(path, headers("symlink", FileAttributes.ofRoot(0777)), target.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a file of up to 4 MiB, the names in a directory, or a link's target; empty if there is none. Files without
     * a size, such as those of {@code /proc}, read as empty.
     */
    public Optional<GuestFile> read(String path) {
        try {
            return Optional.of(rest.send(Request.get(url(path)), InstanceFiles::file));
        } catch (LxdException e) {
            if (e.isMissing(Subject.OTHER)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void post(String path, Map<String, String> headers, byte[] content) {
        Request request = new Request("POST", url(path), headers, HttpBody.of(BYTES, content), true);
        rest.send(request);
    }

    private static Map<String, String> headers(String type, FileAttributes attributes) {
        Map<String, String> headers = Dialect.header("type", type);
        Dialect.put(headers, "uid", Integer.toString(attributes.uid()));
        Dialect.put(headers, "gid", Integer.toString(attributes.gid()));
        Dialect.put(headers, "mode", octal(attributes.mode()));
        return headers;
    }

    private static GuestFile file(Request request, HttpReply reply) throws IOException {
        String type = Dialect.header(reply, "type");
        if (reply.status() != 200 || type.isEmpty()) {
            ApiReply.read(request, reply);
            throw new LxdException(Kind.PROTOCOL, reply.status(), request.name(), "the server sent no file", null);
        }
        FileAttributes attributes = new FileAttributes(
                number(Dialect.header(reply, "uid"), 10),
                number(Dialect.header(reply, "gid"), 10),
                number(Dialect.header(reply, "mode"), 8));
        return switch (type) {
            case "directory" ->
                new GuestFile(GuestFile.Kind.DIRECTORY, attributes, Bytes.of(new byte[0]), entries(request, reply));
            case "symlink" -> new GuestFile(GuestFile.Kind.SYMLINK, attributes, content(request, reply), List.of());
            default -> new GuestFile(GuestFile.Kind.FILE, attributes, content(request, reply), List.of());
        };
    }

    private static List<String> entries(Request request, HttpReply reply) throws IOException {
        List<String> entries = new ArrayList<>();
        for (Object entry : ApiReply.read(request, reply).list()) {
            entries.add(String.valueOf(entry));
        }
        return entries;
    }

    private static Bytes content(Request request, HttpReply reply) throws IOException {
        try {
            return Bytes.of(new BoundedStream(reply.body(), MAX_FILE).readAllBytes());
        } catch (BoundedStream.TooLongException e) {
            throw new LxdException(Kind.INVALID, 0, request.name(), "the file is longer than 4 MiB", e);
        }
    }

    private static int number(String text, int radix) {
        try {
            return text.isEmpty() ? 0 : Integer.parseInt(text, radix);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String octal(int mode) {
        return '0' + Integer.toOctalString(mode);
    }

    private Url url(String path) {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
            throw new LxdException(Kind.INVALID, 0, "", "the path of a file in a guest must be absolute", null);
        }
        return url.with("path", path);
    }
}
