package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.guest.GuestFiles;
import io.boshcpi.lxd.fake.guest.GuestFiles.Node;
import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.State;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /1.0/instances/NAME/files}, whether the guest runs or not, and {@code /exec} without output. */
final class GuestApi extends ApiPart {
    private static final int NOT_FOUND = 127;

    /** The modes of what can be pushed, unless the request has one. */
    private static final Map<String, String> MODES = Map.of("file", "644", "directory", "755", "symlink", "777");

    GuestApi(State state, Operations operations) {
        super(state, operations);
    }

    @Override
    void register(Router router) {
        router.add("GET", "/1.0/instances/{name}/files", this::get);
        router.add("POST", "/1.0/instances/{name}/files", this::push);
        router.add("POST", "/1.0/instances/{name}/exec", this::exec);
    }

    private static String path(Request request) {
        String path = request.query().getOrDefault("path", "");
        if (path.isEmpty()) {
            throw ApiError.badRequest("Missing path argument");
        }
        return path;
    }

    private Reply get(Request request) {
        Instance instance = instance(request);
        String path = path(request);
        GuestFiles files = instance.guest.files;
        String place = files.resolve(path, false);
        // The servers trust the size 0 that proc's files have, and so answer with nothing at all.
        boolean empty = instance.running && path.startsWith("/proc/");
        Node node = empty ? new Node("file", 0444, 0, 0, new byte[0]) : files.find(place);
        if (node == null) {
            throw ApiError.notFound("Not Found");
        }
        Reply reply = node.is("directory") ? Reply.sync(files.names(place)) : Reply.raw(content(node, path));
        String prefix = dialect.headerPrefix();
        return reply.with(prefix + "Uid", Long.toString(node.uid()))
                .with(prefix + "Gid", Long.toString(node.gid()))
                .with(prefix + "Mode", "0" + Integer.toOctalString(node.mode()))
                .with(prefix + "Type", node.type());
    }

    /** A link is told with its target as an absolute path. */
    private static byte[] content(Node node, String path) {
        boolean relative = node.is("symlink") && !node.text().startsWith("/");
        return relative
                ? (GuestFiles.parent(path) + "/" + node.text()).getBytes(StandardCharsets.UTF_8)
                : node.content();
    }

    /** What is there keeps its owner and mode. */
    private Reply push(Request request) {
        GuestFiles files = instance(request).guest.files;
        String path = path(request);
        String type = own(request, "type", "file");
        String place = files.resolve(path, type.equals("file"));
        if (files.find(GuestFiles.parent(place)) == null) {
            throw ApiError.notFound("Not Found");
        }
        Node there = files.find(place);
        check(request, type, path, there);
        Node node = there != null
                ? there
                : new Node(
                        type,
                        Integer.parseInt(own(request, "mode", MODES.getOrDefault(type, "")), 8),
                        Long.parseLong(own(request, "uid", "0")),
                        Long.parseLong(own(request, "gid", "0")),
                        new byte[0]);
        files.put(place, type.equals("directory") ? node : node.withContent(received(request)));
        return Reply.done();
    }

    private void check(Request request, String type, String path, @Nullable Node there) {
        String write = own(request, "write", "overwrite");
        if (!MODES.containsKey(type)) {
            throw ApiError.badRequest("Bad file type: " + type);
        }
        if (!write.equals("overwrite")) {
            throw ApiError.badRequest("Bad file write mode: " + write);
        }
        if (type.equals("file") && there != null && there.is("directory")) {
            throw ApiError.internal("sftp: \"open " + path + ": is a directory\" (SSH_FX_FAILURE)");
        }
    }

    private String own(Request request, String header, String otherwise) {
        return request.header(dialect.headerPrefix() + header, otherwise);
    }

    /** A body sent as a form is taken for form fields: the file is then empty, without an error. */
    private static byte[] received(Request request) {
        boolean form = request.header("Content-Type", "").startsWith("application/x-www-form-urlencoded");
        return form ? new byte[0] : request.bytes();
    }

    private Reply exec(Request request) {
        Instance instance = instance(request);
        if (!instance.running) {
            throw ApiError.badRequest("Instance is not running");
        }
        List<String> command = Json.texts(request.json(), "command");
        return operations.submit(instance.project, "Executing command", wholeOf(instance), operation -> {
            int exitCode = instance.guest.run(command).orElseThrow(() -> unknown(command));
            operation.metadata(JsonObject.of("return", exitCode));
            if (exitCode == NOT_FOUND) {
                throw ApiError.badRequest("Command not found");
            }
        });
    }

    private static ApiError unknown(List<String> command) {
        return ApiError.badRequest(
                "Command not found: FakeLxd runs none, and the test has no answer to " + String.join(" ", command));
    }
}
