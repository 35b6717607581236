package io.boshcpi.lxd.fake;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code /1.0/instances/NAME/exec} and the recorded output under {@code logs}. */
final class ExecApi {
    private static final int NOT_FOUND = 127;

    private final State state;
    private final Operations operations;
    private final Map<String, byte[]> logs = new HashMap<>();

    ExecApi(State state, Operations operations) {
        this.state = state;
        this.operations = operations;
    }

    void register(Router router) {
        router.add("POST", "/1.0/instances/{name}/exec", this::exec);
        String template = state.dialect.logUrl("{name}", "{file}");
        router.add("GET", template, this::read);
        router.add("DELETE", template, this::delete);
    }

    private Instance find(Request request) {
        return state.instance(request.project(), request.name("name"));
    }

    private Reply exec(Request request) {
        Instance instance = find(request);
        Map<String, Object> body = request.json();
        if (instance.status != Instance.Status.RUNNING) {
            throw ApiError.badRequest(instance.isRunning() ? "Instance is frozen" : "Instance is not running");
        }
        if (Json.flag(body, "wait-for-websocket") || Json.flag(body, "interactive")) {
            throw new ApiError(501, "FakeLxd has no WebSockets");
        }
        List<String> command = Json.texts(body, "command");
        boolean record = Json.flag(body, "record-output");
        Map<String, Object> resources =
                state.dialect.commandResources(instance.name, instance.project, instance.container);
        return operations.submit(
                instance.project,
                "Executing command",
                resources,
                operation -> finish(operation, instance, instance.guest.run(command), record));
    }

    private void finish(Operation operation, Instance instance, Guest.Result result, boolean record) {
        Map<String, Object> metadata = new JsonObject();
        if (record) {
            String id = "exec_" + UUID.randomUUID();
            metadata.put(
                    "output",
                    JsonObject.of("1", keep(instance, id + ".stdout", result.stdout()))
                            .and("2", keep(instance, id + ".stderr", result.stderr())));
        }
        metadata.put("return", result.exitCode());
        operation.metadata(metadata);
        if (result.exitCode() == NOT_FOUND) {
            throw ApiError.badRequest("Command not found");
        }
    }

    private String keep(Instance instance, String file, String text) {
        String url = state.dialect.logUrl(instance.name, file);
        logs.put(key(instance, file), text.getBytes(StandardCharsets.UTF_8));
        return url;
    }

    private static String key(Instance instance, String file) {
        return instance.project + "/" + instance.name + "/" + file;
    }

    private Reply read(Request request) {
        Instance instance = find(request);
        byte[] log = logs.get(key(instance, request.name("file")));
        if (log == null) {
            throw state.dialect.noSuchLog(instance.name, request.name("file"));
        }
        return Reply.raw(log);
    }

    private Reply delete(Request request) {
        Instance instance = find(request);
        if (logs.remove(key(instance, request.name("file"))) == null) {
            throw state.dialect.noSuchLogToDelete(instance.name, request.name("file"));
        }
        return Reply.done();
    }
}
