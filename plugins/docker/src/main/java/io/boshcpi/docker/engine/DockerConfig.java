package io.boshcpi.docker.engine;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/**
 * The section {@code docker} of the configuration.
 *
 * @param url where the engine listens: {@code unix:///run/docker.sock} or {@code https://10.0.0.1:2376}
 * @param clientCertificate the certificate that the engine trusts, PEM; with an HTTPS address
 * @param clientKey the key of {@code clientCertificate}, PEM in PKCS #8; with an HTTPS address
 * @param caCertificate the authority that signed the engine's certificate, PEM; with an HTTPS address. Without it the
 *     authorities that Java knows are trusted
 * @param network the engine's network for subnets whose cloud properties name none
 * @param timeout how long the engine may take to answer a request
 * @param allowPrivileged whether cloud configs may make containers privileged or add capabilities
 */
public record DockerConfig(
        Optional<String> url,
        Optional<String> clientCertificate,
        Optional<Secret> clientKey,
        Optional<String> caCertificate,
        Optional<String> network,
        Optional<Duration> timeout,
        Optional<Boolean> allowPrivileged) {

    private static final String DEFAULT_URL = "unix:///var/run/docker.sock";
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration LEAST_TIMEOUT = Duration.ofMinutes(1);

    /** What an operator can write, for the documentation; the record is what checks it. */
    public static final Options OPTIONS = Options.of(
            Option.string("url", "where the engine listens: `unix:///run/podman/podman.sock`, `https://10.0.0.1:2376`")
                    .withDefault(DEFAULT_URL),
            Option.string("client_certificate", "the certificate (PEM) that the engine trusts; needed with `https://`"),
            Option.string("client_key", "the private key (PEM, PKCS #8) of `client_certificate`; a secret"),
            Option.string(
                    "ca_certificate",
                    "the authority (PEM) that signed the engine's certificate; Java's own authorities if not given"),
            Option.string("network", "the engine's network for subnets whose cloud properties have no `name`"),
            Option.duration("timeout", "how long the engine may take to answer a request, but for uploads of stemcells")
                    .withDefault("10m"),
            Option.bool(
                            "allow_privileged",
                            "whether cloud configs may have `privileged`, `capabilities` and `binds`; whoever writes them"
                                    + " is root of the host then")
                    .withDefault(false));

    /** Refuses an address that leaves open how the engine is authenticated. */
    public DockerConfig {
        String address = url.orElse(DEFAULT_URL);
        if (address.startsWith("https://")) {
            checkHttps(address);
            if (clientCertificate.isEmpty() || clientKey.isEmpty()) {
                throw CpiException.badRequest("docker.client_certificate and docker.client_key are needed with an"
                        + " https:// docker.url: whoever may talk to the engine is root of its host, so it must know its"
                        + " client");
            }
        } else if (!address.startsWith("unix:///") || address.length() == "unix:///".length()) {
            throw CpiException.badRequest("docker.url must be unix:///PATH/OF/SOCKET or https://HOST:PORT; without TLS"
                    + " everybody in the network would be root of the engine's host");
        }
        if (timeout.isPresent() && timeout.get().compareTo(LEAST_TIMEOUT) < 0) {
            throw CpiException.badRequest(
                    "docker.timeout must be at least 1m: a VM has half a minute to shut down, for which the engine waits");
        }
    }

    private static void checkHttps(String address) {
        try {
            URI uri = new URI(address);
            if (uri.getHost() != null && uri.getPort() > 0) {
                return;
            }
        } catch (URISyntaxException e) {
            throw new CpiException(ErrorType.CPI_ERROR, "docker.url is no address such as https://10.0.0.1:2376", e);
        }
        throw CpiException.badRequest(
                "docker.url has no host or no port; engines listen on 2376 unless told otherwise: https://HOST:2376");
    }

    /** Where the engine listens. */
    public URI address() {
        return URI.create(url.orElse(DEFAULT_URL));
    }

    /** How long the engine may take to answer a request. */
    public Duration silence() {
        return timeout.orElse(DEFAULT_TIMEOUT);
    }

    /** Whether cloud configs may lower the fences of containers. */
    public boolean allowsPrivileged() {
        return allowPrivileged.orElse(false);
    }
}
