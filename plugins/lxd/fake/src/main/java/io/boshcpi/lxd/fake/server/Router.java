package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the handler of a request by templates such as {@code /1.0/instances/{name}}, and locks the state around it. */
final class Router {
    /** Answers one kind of request; an {@link ApiError} becomes the error reply. */
    interface Handler {
        Reply handle(Request request);
    }

    private record Route(String method, String template, Pattern path, boolean locked, Handler handler) {}

    private final Object lock;
    private final List<Route> routes = new ArrayList<>();

    Router(Object lock) {
        this.lock = lock;
    }

    /** A handler that finds the body read and the state locked. */
    void add(String method, String template, Handler handler) {
        add(method, template, true, handler);
    }

    /** A handler that waits, or reads the body as it comes: it locks by itself where it must. */
    void addUnlocked(String method, String template, Handler handler) {
        add(method, template, false, handler);
    }

    private void add(String method, String template, boolean locked, Handler handler) {
        Pattern path = Pattern.compile(template.replaceAll("\\{(\\w+)}", "(?<$1>[^/]+)"));
        routes.add(new Route(method, template, path, locked, handler));
    }

    List<String> routes() {
        return routes.stream()
                .map(route -> route.method() + " " + route.template())
                .toList();
    }

    Reply handle(Request request) {
        for (Route route : routes) {
            Matcher names = route.path().matcher(request.path());
            if (route.method().equals(request.method()) && names.matches()) {
                return call(route, request, names);
            }
        }
        throw ApiError.notFound("not found");
    }

    private Reply call(Route route, Request request, Matcher names) {
        if (!route.locked()) {
            return route.handler().handle(request.matched(names, request.body()));
        }
        InputStream whole = new ByteArrayInputStream(request.bytes());
        synchronized (lock) {
            return route.handler().handle(request.matched(names, whole));
        }
    }
}
