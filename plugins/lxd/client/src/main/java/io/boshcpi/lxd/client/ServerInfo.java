package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.model.Server;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What the server is and can do. Asked once per client, then remembered. */
public final class ServerInfo {
    private final Rest rest;
    private final LxdClient client;

    ServerInfo(Rest rest, LxdClient client) {
        this.rest = rest;
        this.client = client;
    }

    /** The server, as it described itself the first time. */
    public Server get() {
        Server known = client.knownServer();
        return known == null ? refresh() : known;
    }

    /** Asks again. */
    public Server refresh() {
        Server asked = Server.of(rest.get(Url.of("/1.0")).object());
        client.remember(asked);
        return asked;
    }

    /** Whether the API has the extension. */
    public boolean hasExtension(String extension) {
        return get().hasExtension(extension);
    }

    /** The server's time of day in full seconds, as its answers tell it. Empty if they do not. */
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
