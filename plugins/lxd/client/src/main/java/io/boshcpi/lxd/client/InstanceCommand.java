package io.boshcpi.lxd.client;

import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.LxdException.Kind;
import io.boshcpi.lxd.client.model.ExecResult;
import io.boshcpi.lxd.client.model.Operation;
import io.boshcpi.lxd.client.transport.HttpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command in a guest. The server writes its output to files, which are fetched and deleted; where they are differs between
 * LXD and Incus, so it is taken from the operation.
 */
final class InstanceCommand {
    private static final int LONGEST_OUTPUT = 1 << 20;

    private final Rest rest;
    private final Url url;
    private final List<String> command;

    InstanceCommand(Rest rest, Url url, List<String> command) {
        this.rest = rest;
        this.url = url;
        this.command = command;
    }

    ExecResult run() {
        Map<String, ?> result = execute(true).result();
        Map<String, ?> output = Json.members(result.get("output"));
        return new ExecResult(exitCode(result), take(output.get("1")), take(output.get("2")));
    }

    int runSilently() {
        return exitCode(execute(false).result());
    }

    private Operation execute(boolean record) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("command", command);
        body.put("wait-for-websocket", false);
        body.put("record-output", record);
        body.put("interactive", false);
        return rest.finish(rest.send(Request.post(url, body)), () -> false);
    }

    private int exitCode(Map<String, ?> result) {
        if (result.get("return") instanceof Number number) {
            return number.intValue();
        }
        throw new LxdException(Kind.PROTOCOL, 0, "POST " + url.path(), "the server told no exit code", null);
    }

    private String take(@Nullable Object outputUrl) {
        if (!(outputUrl instanceof String path) || !path.startsWith("/1.0/instances/")) {
            return "";
        }
        int query = path.indexOf('?');
        Url output = Url.of(query < 0 ? path : path.substring(0, query));
        String text = rest.send(Request.get(output), InstanceCommand::text);
        rest.send(Request.delete(output));
        return text;
    }

    private static String text(Request request, HttpReply reply) throws IOException {
        if (reply.status() != 200) {
            Rest.envelope(request, reply);
        }
        byte[] bytes = new BoundedStream(reply.body(), LONGEST_OUTPUT).readAllBytes();
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
