package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.Request;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.model.Server;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What the server is and can do. Read once per client, then remembered. */
public final class ServerInfo {
    private final Rest rest;
    private final KnownServer known;

    ServerInfo(Rest rest, KnownServer known) {
        this.rest = rest;
        this.known = known;
    }

    /** The server, as it described itself the first time. */
    private Server get() {
        Server server = known.get();
        return server == null ? refresh() : server;
    }

    /** Reads it again. */
    public Server refresh() {
        Server asked = Server.of(rest.get(Url.of("/1.0")).object());
        known.remember(asked);
        return asked;
    }

    /** Whether the API has the extension. */
    public boolean hasExtension(String extension) {
        return get().hasExtension(extension);
    }

    /** Whether it is Incus. */
    public boolean isIncus() {
        return get().isIncus();
    }

    /** Whether it runs virtual machines. */
    public boolean runsVirtualMachines() {
        return get().runsVirtualMachines();
    }

    /** Whether it is a member of a cluster. */
    public boolean isClustered() {
        return get().clustered();
    }

    /** The certificate of its HTTPS address, PEM; in a cluster, that of all members. */
    String certificate() {
        return get().certificate();
    }

    /** The server's time of day in full seconds; empty if its answers have no date. */
    public Optional<Instant> time() {
        return rest.send(Request.get(Url.of("/1.0")), (request, reply) -> {
            String date = reply.header("Date");
            try {
                return date == null
                        ? Optional.empty()
                        : Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }
}
