package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.Request;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A command in a guest, without its output. */
final class InstanceCommand {
    private final Rest rest;
    private final Url url;
    private final List<String> command;

    InstanceCommand(Rest rest, Url url, List<String> command) {
        this.rest = rest;
        this.url = url;
        this.command = command;
    }

    /** Runs the command and returns its exit code. */
    int run() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("command", command);
        body.put("wait-for-websocket", false);
        body.put("record-output", false);
        body.put("interactive", false);
        Map<String, ?> result =
                rest.finish(rest.send(Request.post(url, body)), () -> false).result();
        if (result.get("return") instanceof Number number) {
            return number.intValue();
        }
        throw new LxdException(Kind.PROTOCOL, 0, "POST " + url.path(), "the server reported no exit code", null);
    }
}
