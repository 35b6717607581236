package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.LxdException.Kind;
import io.boshcpi.lxd.client.LxdException.Subject;
import io.boshcpi.lxd.client.model.Operation;
import io.boshcpi.lxd.client.transport.HttpBody;
import io.boshcpi.lxd.client.transport.HttpCall;
import io.boshcpi.lxd.client.transport.HttpReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Speaks the API's envelope for one session. */
final class Rest {
    private final LxdClient client;
    private final String project;
    private final long deadlineNanos;

    Rest(LxdClient client, String project, long deadlineNanos) {
        this.client = client;
        this.project = project;
        this.deadlineNanos = deadlineNanos;
    }

    String project() {
        return project;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    ApiReply get(Url url) {
        return send("GET", url, Map.of(), null);
    }

    /** As {@link #get}, but null if exactly that subject is missing. */
    @Nullable
    ApiReply find(Url url, Subject subject) {
        try {
            return get(url);
        } catch (LxdException e) {
            if (e.isMissing(subject) || e.isMissing(Subject.OTHER)) {
                return null;
            }
            throw e;
        }
    }

    ApiReply send(String method, Url url, Map<String, String> headers, @Nullable Map<String, ?> body) {
        String request = method + ' ' + url.path();
        HttpCall call;
        try {
            HttpBody content = body == null ? null : Json.body(body);
            call = new HttpCall(method, url.with("project", project).target(), headers, content);
        } catch (IOException e) {
            throw new LxdException(Kind.INVALID, request, "the body is no JSON", e);
        }
        try (HttpReply reply = client.transport().exchange(call, deadlineNanos)) {
            ApiReply answer = ApiReply.of(reply.status(), Json.object(reply.body()), reply.header("ETag"));
            if (answer.isError()) {
                throw new LxdException(
                        Failures.kindOf(answer.status(), answer.error()),
                        answer.status(),
                        request,
                        answer.error(),
                        null);
            }
            return answer;
        } catch (IOException e) {
            throw new LxdException(Kind.OUTCOME_UNKNOWN, request, String.valueOf(e.getMessage()), e);
        }
    }

    @SuppressWarnings("unchecked") // the keys of a JSON object are strings
    static Map<String, ?> object(@Nullable Object json) {
        return json instanceof Map<?, ?> map ? (Map<String, ?>) map : Map.of();
    }

    /** Operations come grouped by what they are doing. */
    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Object group :
                get(Url.of("/1.0/operations").with("recursion", "1")).object().values()) {
            for (Object json : group instanceof List<?> list ? list : List.of()) {
                operations.add(Operation.of(object(json)));
            }
        }
        return operations;
    }

    /** Waits for the operation that the answer names, if it names one. */
    Operation await(ApiReply reply) {
        return Operation.of(get(Url.of(reply.operation()).plus("/wait")).object());
    }
}
