package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the handler of a request by templates such as {@code /1.0/instances/{name}}, and locks the state around it. */
public final class Router {
    /** Answers one kind of request; an {@link ApiError} becomes the error reply. */
    public interface Handler {
        Reply handle(Request request);
    }

    /** What a route needs beside its handler. */
    public enum Kind {
        /** The body is read first, the state is locked. */
        LOCKED,
        /** The body is read first; the handler waits, so it locks by itself where it must. */
        WAITING,
        /** The handler reads the body as it comes. */
        STREAMING
    }

    private record Route(String method, List<String> template, Kind kind, Handler handler) {
        @Nullable
        Map<String, String> match(List<String> path) {
            if (path.size() != template.size()) {
                return null;
            }
            Map<String, String> names = new LinkedHashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String part = template.get(i);
                if (part.startsWith("{")) {
                    names.put(part.substring(1, part.length() - 1), path.get(i));
                } else if (!part.equals(path.get(i))) {
                    return null;
                }
            }
            return names;
        }
    }

    private final Object lock;
    private final List<Route> routes = new ArrayList<>();

    public Router(Object lock) {
        this.lock = lock;
    }

    public void add(String method, String template, Handler handler) {
        add(method, template, Kind.LOCKED, handler);
    }

    public void add(String method, String template, Kind kind, Handler handler) {
        routes.add(new Route(method, parts(template), kind, handler));
    }

    private static List<String> parts(String path) {
        return List.of(path.split("/", -1));
    }

    public List<String> routes() {
        return routes.stream()
                .map(route -> route.method() + " " + String.join("/", route.template()))
                .toList();
    }

    public boolean streams(String method, String path) {
        return routes.stream()
                .anyMatch(route -> route.kind() == Kind.STREAMING
                        && route.method().equals(method)
                        && route.match(parts(path)) != null);
    }

    public Reply handle(Request request) {
        try {
            return dispatch(request);
        } catch (ApiError e) {
            return Reply.error(e);
        }
    }

    private Reply dispatch(Request request) {
        List<String> path = parts(request.path());
        boolean known = false;
        for (Route route : routes) {
            Map<String, String> names = route.match(path);
            if (names == null) {
                continue;
            }
            known = true;
            if (route.method().equals(request.method())) {
                return call(route, request.withNames(names));
            }
        }
        throw known ? new ApiError(501, "not implemented") : ApiError.notFound("not found");
    }

    private Reply call(Route route, Request request) {
        if (route.kind() != Kind.LOCKED) {
            return route.handler().handle(request);
        }
        synchronized (lock) {
            return route.handler().handle(request);
        }
    }
}
