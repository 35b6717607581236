package io.boshcpi.lxd.provider.server;

import io.boshcpi.lxd.client.transport.ClientIdentity;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.client.transport.ServerTrust;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the configured server. */
public final class Endpoints {
    /** Where Incus' packages, LXD's snap and LXD's Debian package put the socket. */
    private static final List<String> USUAL_SOCKETS =
            List.of("/var/lib/incus/unix.socket", "/var/snap/lxd/common/lxd/unix.socket", "/var/lib/lxd/unix.socket");

    private Endpoints() {}

    /** The endpoint that the configuration names, or else the only one of the usual sockets that exists. */
    public static Endpoint of(LxdConfig config) {
        if (config.url().isPresent()) {
            return https(config);
        }
        return Endpoint.unix(config.socket().isPresent() ? config.socket().get() : theOneAmong(USUAL_SOCKETS));
    }

    private static Endpoint https(LxdConfig config) {
        ClientIdentity identity = new ClientIdentity(
                config.clientCertificate().orElseThrow(),
                config.clientKey().orElseThrow().value());
        List<URI> urls = new ArrayList<>();
        urls.add(uri("lxd.url", config.url().orElseThrow()));
        for (String url : config.failoverUrls()) {
            urls.add(uri("lxd.failover_urls", url));
        }
        return Endpoint.https(urls, identity, trust(config));
    }

    private static URI uri(String option, String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new CpiException(ErrorType.CPI_ERROR, option + " is no URL such as https://10.0.0.1:8443", e);
        }
    }

    private static ServerTrust trust(LxdConfig config) {
        if (config.serverCertificate().isPresent()) {
            return new ServerTrust.Pinned(config.serverCertificate().get());
        } else if (config.caCertificate().isPresent()) {
            return new ServerTrust.Authority(config.caCertificate().get());
        }
        return new ServerTrust.SystemAuthorities();
    }

    private static String theOneAmong(List<String> sockets) {
        List<String> found = new ArrayList<>();
        for (String socket : sockets) {
            if (Files.exists(Path.of(socket))) {
                found.add(socket);
            }
        }
        if (found.size() != 1) {
            throw CpiException.badRequest("Neither lxd.socket nor lxd.url is configured, and of the usual sockets "
                    + (found.isEmpty() ? "none of " + sockets + " is" : "more than one is, " + found + ",")
                    + " there");
        }
        return found.get(0);
    }
}
