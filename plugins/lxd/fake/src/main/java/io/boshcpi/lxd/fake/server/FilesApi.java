package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.guest.GuestFiles;
import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.State;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** {@code /1.0/instances/NAME/files}: a guest's files, whether it runs or not. */
public final class FilesApi {
    private static final DateTimeFormatter MODIFIED = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss '+0000 UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final State state;

    public FilesApi(State state) {
        this.state = state;
    }

    public void register(Router router) {
        router.add("GET", "/1.0/instances/{name}/files", this::get);
        router.add("POST", "/1.0/instances/{name}/files", this::push);
    }

    private Instance find(Request request) {
        return state.instance(request.project(), request.name("name"));
    }

    private static String path(Request request) {
        String path = request.query().getOrDefault("path", "");
        if (path.isEmpty()) {
            throw ApiError.badRequest("Missing path argument");
        }
        return path;
    }

    private static ApiError missing() {
        return ApiError.notFound("Not Found");
    }

    private Reply get(Request request) {
        Instance instance = find(request);
        String path = path(request);
        if (instance.isRunning() && isProc(path)) {
            return described(Reply.raw(new byte[0]), new GuestFiles.Node(GuestFiles.Type.FILE, 0444, 0, 0));
        }
        GuestFiles.Node node = instance.guest.files.find(path, false);
        if (node == null) {
            throw missing();
        }
        return described(content(node, path), node);
    }

    /** The servers trust the size 0 that proc's files have, and so answer with nothing at all. */
    private static boolean isProc(String path) {
        return path.startsWith("/proc/") && !path.startsWith("/proc/self");
    }

    private static Reply content(GuestFiles.Node node, String path) {
        return switch (node.type) {
            case DIRECTORY -> Reply.sync(List.copyOf(node.children.keySet()));
            case FILE -> Reply.raw(node.content);
            case SYMLINK -> Reply.raw(absolute(node.target(), path).getBytes(StandardCharsets.UTF_8));
        };
    }

    /** A link is told with its target as an absolute path. */
    private static String absolute(String target, String path) {
        return target.startsWith("/") ? target : path.substring(0, path.lastIndexOf('/') + 1) + target;
    }

    private Reply described(Reply reply, GuestFiles.Node node) {
        return reply.with(header("Uid"), Long.toString(node.uid))
                .with(header("Gid"), Long.toString(node.gid))
                .with(header("Mode"), mode(node.mode))
                .with(header("Type"), node.type.title)
                .with(header("Modified"), MODIFIED.format(node.modified));
    }

    /** A header's name in the letter case that Go gives it: {@code X-Lxd-Uid}. */
    private String header(String name) {
        return state.dialect.headerPrefix().replace("LXD", "Lxd") + name;
    }

    private static String mode(int mode) {
        return "0" + String.format(Locale.ROOT, "%03o", mode);
    }

    private Reply push(Request request) {
        Instance instance = find(request);
        String path = path(request);
        String type = own(request, "type", "file");
        GuestFiles.Place place = instance.guest.files.locate(path, type.equals("file"));
        if (place == null) {
            throw missing();
        }
        switch (type) {
            case "file" -> pushFile(request, path, place);
            case "directory" -> make(request, place, GuestFiles.Type.DIRECTORY, 0755);
            case "symlink" -> make(request, place, GuestFiles.Type.SYMLINK, 0777).content = request.body();
            default -> throw ApiError.badRequest("Bad file type: " + type);
        }
        return Reply.done();
    }

    private String own(Request request, String header, String otherwise) {
        String value = request.header(state.dialect.headerPrefix() + header);
        return value == null ? otherwise : value;
    }

    /** What is there keeps its owner and mode. */
    private void pushFile(Request request, String path, GuestFiles.Place place) {
        String write = own(request, "write", "overwrite");
        if (!write.equals("overwrite")) {
            throw ApiError.badRequest("Bad file write mode: " + write);
        }
        GuestFiles.Node node = place.node();
        if (node != null && node.type == GuestFiles.Type.DIRECTORY) {
            throw ApiError.internal("sftp: \"open " + path + ": is a directory\" (SSH_FX_FAILURE)");
        }
        GuestFiles.Node file = make(request, place, GuestFiles.Type.FILE, 0644);
        file.content = received(request);
        file.modified = Instant.now();
    }

    /** A body sent as a form is taken for form fields: the file is then empty, without an error. */
    private static byte[] received(Request request) {
        String type = request.headers().getOrDefault("content-type", "");
        return type.startsWith("application/x-www-form-urlencoded") ? new byte[0] : request.body();
    }

    /** The node at the place, made with the request's mode and owner if it is not there. */
    private GuestFiles.Node make(Request request, GuestFiles.Place place, GuestFiles.Type type, int mode) {
        GuestFiles.Node node = place.node();
        if (node != null) {
            return node;
        }
        GuestFiles.Node parent = place.parent();
        if (parent == null) {
            throw missing();
        }
        GuestFiles.Node made = new GuestFiles.Node(
                type,
                Integer.parseInt(own(request, "mode", Integer.toOctalString(mode)), 8),
                Long.parseLong(own(request, "uid", "0")),
                Long.parseLong(own(request, "gid", "0")));
        parent.children.put(place.name(), made);
        return made;
    }
}
