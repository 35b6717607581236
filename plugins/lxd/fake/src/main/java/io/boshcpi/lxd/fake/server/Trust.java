package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Permissions of clients: everything on the Unix socket, over HTTPS what the client's certificate is trusted with. */
final class Trust {
    private static final String POOLS = "/1.0/storage-pools";
    private static final Set<String> ADMINISTRATIVE = Set.of("/1.0", POOLS, "/1.0/projects", "/1.0/certificates");

    private final State state;

    Trust(State state) {
        this.state = state;
    }

    private Model.@Nullable Certificate certificate(Peer peer) {
        return peer.fingerprint() == null ? null : state.certificates.get(peer.fingerprint());
    }

    boolean isTrusted(Peer peer) {
        return peer.local() || certificate(peer) != null;
    }

    boolean isRestricted(Peer peer) {
        Model.Certificate certificate = certificate(peer);
        return certificate != null && certificate.restricted();
    }

    /** Refuses what the peer may not ask for. */
    void check(Request request) {
        boolean read = request.method().equals("GET");
        Model.Certificate certificate = certificate(request.peer());
        if (!isTrusted(request.peer()) && !(read && request.path().equals("/1.0"))) {
            throw new ApiError(403, "not authorized");
        }
        if (certificate != null && certificate.restricted()) {
            checkRestricted(read, request.path());
            if (belongsToProject(request.path()) && !certificate.projects().contains(request.project())) {
                throw forbidden(request.project(), request.path());
            }
        }
    }

    private void checkRestricted(boolean read, String path) {
        if (!read && ADMINISTRATIVE.contains(path)) {
            throw new ApiError(403, state.dialect.choose("not authorized", "Certificate is restricted"));
        }
        if (read && path.equals(POOLS) && state.dialect == Dialect.INCUS) {
            throw ApiError.internal("Certificate is restricted");
        }
    }

    private ApiError forbidden(String project, String path) {
        if (state.dialect == Dialect.LXD) {
            return new ApiError(403, "not authorized");
        }
        return path.equals("/1.0/instances")
                ? ApiError.internal("User does not have permissions for project \"" + project + "\"")
                : new ApiError(403, "User does not have permission for project \"" + project + "\"");
    }

    private static boolean belongsToProject(String path) {
        return path.startsWith("/1.0/instances")
                || path.startsWith("/1.0/images")
                || path.startsWith("/1.0/profiles")
                || path.contains("/volumes");
    }
}
