package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Permissions of clients: everything on the Unix socket, and over HTTPS what the client's certificate is trusted with. */
public final class Trust {
    private static final Set<String> ADMINISTRATIVE =
            Set.of("/1.0", "/1.0/storage-pools", "/1.0/projects", "/1.0/certificates");

    private final State state;

    public Trust(State state) {
        this.state = state;
    }

    private Model.@Nullable Certificate certificate(Peer peer) {
        return peer.fingerprint() == null ? null : state.certificates.get(peer.fingerprint());
    }

    public boolean isTrusted(Peer peer) {
        return peer.local() || certificate(peer) != null;
    }

    public boolean isRestricted(Peer peer) {
        Model.Certificate certificate = certificate(peer);
        return !peer.local() && certificate != null && certificate.restricted();
    }

    public boolean maySee(Peer peer, String project) {
        Model.Certificate certificate = certificate(peer);
        return !isRestricted(peer)
                || (certificate != null && certificate.projects().contains(project));
    }

    /** Refuses what the peer may not ask for. */
    public void check(Request request) {
        if (!isTrusted(request.peer())) {
            if (!openToAll(request)) {
                throw new ApiError(403, "not authorized");
            }
        } else if (isRestricted(request.peer())) {
            checkRestricted(request);
        }
    }

    private static boolean openToAll(Request request) {
        return request.method().equals("GET") && request.path().equals("/1.0");
    }

    private void checkRestricted(Request request) {
        boolean read = request.method().equals("GET");
        String path = request.path();
        if (!read && ADMINISTRATIVE.contains(path)) {
            throw state.dialect.restricted();
        }
        if (read && path.equals("/1.0/storage-pools") && !state.dialect.restrictedMayListPools()) {
            throw ApiError.internal("Certificate is restricted");
        }
        if (belongsToProject(path) && !maySee(request.peer(), request.project())) {
            throw state.dialect.forbiddenProject(request.project(), path.equals("/1.0/instances"));
        }
    }

    private static boolean belongsToProject(String path) {
        return path.startsWith("/1.0/instances")
                || path.startsWith("/1.0/images")
                || path.startsWith("/1.0/profiles")
                || path.contains("/volumes");
    }
}
