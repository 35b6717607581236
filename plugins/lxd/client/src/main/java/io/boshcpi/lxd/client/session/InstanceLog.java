package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.ApiReply;
import io.boshcpi.lxd.client.engine.Request;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.transport.HttpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A log that the server keeps of an instance. */
final class InstanceLog {
    /** The log of a start that failed at once has a few KiB. */
    private static final int MAX_BYTES = 256 << 10;

    private final Rest rest;
    private final Url url;

    InstanceLog(Rest rest, Url url) {
        this.rest = rest;
        this.url = url;
    }

    /** Its beginning; the empty string if there is no such log. */
    String read() {
        try {
            return rest.send(Request.get(url), InstanceLog::text);
        } catch (LxdException e) {
            if (e.isMissing(Subject.OTHER) || e.isMissing(Subject.INSTANCE) || e.is(Kind.INVALID)) {
                return "";
            }
            throw e;
        }
    }

    private static String text(Request request, HttpReply reply) throws IOException {
        if (reply.status() != 200) {
            ApiReply.read(request, reply);
        }
        return new String(reply.body().readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    }
}
