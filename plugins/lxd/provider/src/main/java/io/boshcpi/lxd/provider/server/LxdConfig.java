package io.boshcpi.lxd.provider.server;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code lxd} of the configuration.
 *
 * @param socket the server's Unix socket; without it and {@code url}, the CPI looks in the usual places
 * @param url the server's HTTPS address, such as {@code https://10.0.0.1:8443}
 * @param failoverUrls HTTPS addresses of other members of the cluster, for when the one of {@code url} cannot be reached
 * @param clientCertificate the certificate that the server trusts, PEM; with {@code url}
 * @param clientKey the key of {@code clientCertificate}, PEM; with {@code url}
 * @param serverCertificate the server's own certificate, PEM, to be trusted exactly as it is; with {@code url}
 * @param caCertificate the certificate authority that signed the server's certificate, PEM; with {@code url}
 * @param project the project that everything is made in; {@code default} if not given
 * @param profiles profiles of every VM; a VM's cloud property {@code profiles} replaces them
 * @param network the network of subnets whose cloud properties name none
 * @param storagePool the pool of root disks, ephemeral and persistent disks whose cloud properties name none; {@code
 *     default} if not given
 * @param uptimeRepair whether containers see the host's {@code /proc/uptime}, without which monit computes negative
 *     uptimes where the host runs lxcfs; {@code true} if not given
 * @param disksFollowVms whether, in a cluster, {@code attach_disk} brings a disk from another member to the VM's; {@code
 *     true} if not given
 * @param disksFollowMaxMib the size in MiB of the largest disk that it brings; 102400 if not given
 * @param allow what cloud configs may use
 */
public record LxdConfig(
        Optional<String> socket,
        Optional<String> url,
        List<String> failoverUrls,
        Optional<String> clientCertificate,
        Optional<Secret> clientKey,
        Optional<String> serverCertificate,
        Optional<String> caCertificate,
        Optional<String> project,
        List<String> profiles,
        Optional<String> network,
        Optional<String> storagePool,
        Optional<Boolean> uptimeRepair,
        Optional<Boolean> disksFollowVms,
        Optional<Long> disksFollowMaxMib,
        Optional<Allowances> allow) {

    private static final long DEFAULT_DISKS_FOLLOW_MAX_MIB = 100 << 10;

    /** Refuses combinations that leave open which server is meant or how to authenticate it. */
    public LxdConfig {
        if (socket.isPresent() && url.isPresent()) {
            throw CpiException.badRequest("lxd.socket and lxd.url are both given; one server is enough");
        }
        if (url.isPresent()) {
            check("lxd.url", url.get());
        } else if (!failoverUrls.isEmpty()) {
            throw CpiException.badRequest("lxd.failover_urls is given without lxd.url, which it is a replacement for");
        }
        for (String other : failoverUrls) {
            check("lxd.failover_urls", other);
        }
        if (url.isPresent() && (clientCertificate.isEmpty() || clientKey.isEmpty())) {
            throw CpiException.badRequest(
                    "lxd.client_certificate and lxd.client_key are needed with lxd.url: the server must know its client");
        }
        if (serverCertificate.isPresent() && caCertificate.isPresent()) {
            throw CpiException.badRequest(
                    "lxd.server_certificate and lxd.ca_certificate are both given; trust the one or the other");
        }
        if (disksFollowMaxMib.isPresent() && disksFollowMaxMib.get() < 1) {
            throw CpiException.badRequest("lxd.disks_follow_max_mib is " + disksFollowMaxMib.get()
                    + ", but must be a number of MiB from 1; lxd.disks_follow_vms: false lets no disk follow");
        }
    }

    private static void check(String option, String url) {
        if (!url.startsWith("https://")) {
            throw CpiException.badRequest(option + " must begin with https://");
        }
        if (!hasPort(url)) {
            throw CpiException.badRequest(
                    option + " has no port; LXD and Incus listen on 8443 unless told otherwise: https://HOST:8443");
        }
    }

    /** A URL that is none is refused where it is used. */
    private static boolean hasPort(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() == null || uri.getPort() != -1;
        } catch (URISyntaxException e) {
            return true;
        }
    }

    /** The configured project or the default. */
    public String projectName() {
        return project.orElse("default");
    }

    /** The configured pool or the default. */
    public String storagePoolName() {
        return storagePool.orElse("default");
    }

    /** The size in MiB of the largest disk that follows its VM to another member of the cluster; 0 if none does. */
    public long disksFollowUpToMib() {
        return disksFollowVms.orElse(true) ? disksFollowMaxMib.orElse(DEFAULT_DISKS_FOLLOW_MAX_MIB) : 0;
    }

    /** Whether containers get the repair of {@code /proc/uptime}. */
    public boolean repairsUptime() {
        return uptimeRepair.orElse(true);
    }
}
