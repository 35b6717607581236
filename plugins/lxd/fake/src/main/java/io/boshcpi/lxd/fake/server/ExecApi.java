package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.State;
import java.util.List;
import java.util.Map;

/** {@code /1.0/instances/NAME/exec}, without output. */
public final class ExecApi {
    private static final int NOT_FOUND = 127;

    private final State state;
    private final Operations operations;

    public ExecApi(State state, Operations operations) {
        this.state = state;
        this.operations = operations;
    }

    public void register(Router router) {
        router.add("POST", "/1.0/instances/{name}/exec", this::exec);
    }

    private Instance find(Request request) {
        return state.instance(request.project(), request.name("name"));
    }

    private Reply exec(Request request) {
        Instance instance = find(request);
        Map<String, Object> body = request.json();
        if (!instance.isRunning()) {
            throw ApiError.badRequest("Instance is not running");
        }
        if (Json.flag(body, "wait-for-websocket") || Json.flag(body, "record-output")) {
            throw new ApiError(501, "FakeLxd has neither WebSockets nor recorded output");
        }
        List<String> command = Json.texts(body, "command");
        Map<String, Object> resources =
                state.dialect.commandResources(instance.name, instance.project, instance.container);
        return operations.submit(
                instance.project,
                "Executing command",
                resources,
                operation -> finish(operation, instance.guest.run(command).orElseThrow(() -> unknown(command))));
    }

    private static ApiError unknown(List<String> command) {
        return ApiError.badRequest(
                "Command not found: FakeLxd runs none, and the test has no answer to " + String.join(" ", command));
    }

    private static void finish(Operation operation, int exitCode) {
        operation.metadata(JsonObject.of("return", exitCode));
        if (exitCode == NOT_FOUND) {
            throw ApiError.badRequest("Command not found");
        }
    }
}
