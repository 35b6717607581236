package io.boshcpi.lxd.provider.doctor;

import io.boshcpi.lxd.client.model.Server;
import io.boshcpi.lxd.client.model.TrustedCertificate;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.server.LxdCloud;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Checks whether the server can do what is needed, trusts this client, and has the same time of day. */
final class ServerDiagnosis {
    /** The API extensions that this CPI uses. */
    private static final List<String> NEEDED = List.of(
            "projects",
            "file_symlinks",
            "proxy_unix_dac_properties",
            "storage_api_volume_snapshots",
            "storage_api_local_volume_handling",
            "projects_restrictions");

    private static final Duration SOON = Duration.ofDays(30);
    /** The server reports full seconds over a network, so a smaller difference means nothing. */
    private static final Duration SKEW = Duration.ofSeconds(3);

    private final LxdCloud cloud;
    private final LxdSession lxd;
    private final Server server;
    private final Findings findings;

    ServerDiagnosis(LxdCloud cloud, LxdSession lxd, Server server, Findings findings) {
        this.cloud = cloud;
        this.lxd = lxd;
        this.server = server;
        this.findings = findings;
    }

    /** The server answers, but only with what it tells everyone, which does not include whether it is Incus. */
    void distrust(String project) {
        findings.error(
                "trust",
                "the server does not trust the client certificate (lxd.client_certificate)",
                "on the server, with the certificate in the file cpi.crt: `lxc config trust add cpi.crt --restricted"
                        + " --projects " + project + "`, or `incus config trust add-certificate cpi.crt --restricted"
                        + " --projects " + project + "`");
    }

    void identity() {
        String where = cloud.config().url().or(() -> cloud.config().socket()).orElse("the usual socket");
        findings.ok("server", server + " at " + where + (server.clustered() ? ", in a cluster" : ""));
    }

    void extensions() {
        TreeSet<String> missing = new TreeSet<>(NEEDED);
        missing.removeAll(server.extensions());
        if (missing.isEmpty()) {
            findings.ok("API extensions", "all " + NEEDED.size() + " that are needed are there");
        } else {
            findings.error(
                    "API extensions", "missing are " + missing, "upgrade the server to LXD 5.0 or Incus 6.0, or newer");
        }
    }

    /** What the server allows this client to do. */
    void trust(String project) {
        if (cloud.config().url().isEmpty()) {
            findings.ok("trust", "a Unix socket: whoever may open it may do everything on the server");
            return;
        }
        Optional<X509Certificate> own = cloud.config().clientCertificate().flatMap(ServerDiagnosis::certificate);
        if (own.isEmpty()) {
            return; // The check of its expiry reports that.
        }
        String fingerprint = fingerprint(own.get());
        Optional<TrustedCertificate> known = lxd.certificates().find(fingerprint);
        if (known.isEmpty()) {
            findings.ok("trust", "the server trusts the authority that signed the client certificate");
        } else if (!known.get().restricted()) {
            findings.ok(
                    "trust",
                    "the certificate " + known.get().name() + " may do everything on the server; it could be restricted"
                            + " to the project " + project);
        } else if (known.get().projects().contains(project)) {
            findings.ok(
                    "trust",
                    "the certificate " + known.get().name() + " is restricted to " + projects(known.get())
                            + onlyTheConfiguredPool());
        } else {
            findings.error(
                    "trust",
                    "the certificate " + known.get().name() + " is restricted to " + projects(known.get())
                            + " and may not work in the project " + project,
                    "add it to `projects` in " + findings.command("config trust edit " + fingerprint.substring(0, 12)));
        }
    }

    private static String projects(TrustedCertificate certificate) {
        return certificate.projects().isEmpty()
                ? "no project"
                : "the project " + String.join(", ", certificate.projects());
    }

    private String onlyTheConfiguredPool() {
        return server.isIncus() ? "; it cannot list storage pools, so all disks have to be in the configured one" : "";
    }

    void clientCertificate() {
        cloud.config()
                .clientCertificate()
                .ifPresent(pem -> expiry(
                        "client certificate (lxd.client_certificate)",
                        pem,
                        "make a new one and add it to the server's trust store: docs/operator.md, \"Certificates\""));
    }

    void serverCertificate() {
        if (server.environment().get("certificate") instanceof String pem && !pem.isEmpty()) {
            expiry(
                    "server certificate",
                    pem,
                    "remove server.crt and server.key from the server's folder, restart it, and put the new server.crt into"
                            + " lxd.server_certificate: docs/operator.md, \"Certificates\"");
        }
    }

    private void expiry(String subject, String pem, String remedy) {
        Optional<X509Certificate> certificate = certificate(pem);
        if (certificate.isEmpty()) {
            findings.error(subject, "is no PEM certificate", "put a PEM certificate there");
            return;
        }
        Instant start = certificate.get().getNotBefore().toInstant();
        Instant end = certificate.get().getNotAfter().toInstant();
        Instant now = now();
        if (now.isBefore(start)) {
            findings.error(subject, "is valid only from " + start, "set the clock of this machine, where it is " + now);
        } else if (end.isBefore(now)) {
            findings.error(subject, "expired on " + end, remedy);
        } else if (end.isBefore(now.plus(SOON))) {
            findings.warning(subject, "expires on " + end, remedy);
        } else {
            findings.ok(subject, "valid until " + end);
        }
    }

    private static Optional<X509Certificate> certificate(String pem) {
        try {
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Containers use the server's clock. Agents and Director have to agree on which certificates are valid, and those
     * that create-env makes are valid from this very moment.
     */
    void clocks() {
        Instant before = now();
        Optional<Instant> time = lxd.server().time();
        Instant after = now();
        if (time.isEmpty()) {
            return;
        }
        Duration ahead = Duration.between(after, time.get());
        Duration behind = Duration.between(time.get().plusSeconds(1), before);
        Duration skew = ahead.compareTo(behind) > 0 ? ahead : behind;
        if (skew.compareTo(SKEW) <= 0) {
            findings.ok("clocks", "the server's clock and this machine's agree");
        } else {
            findings.warning(
                    "clocks",
                    "the server's clock is " + skew.toSeconds() + " s " + (skew.equals(ahead) ? "ahead of" : "behind")
                            + " this machine's: certificates made on the one are not yet valid, or no longer, on the other,"
                            + " so agents and Director refuse each other (NATS, create-env)",
                    "`timedatectl set-ntp true` on both, then look with `timedatectl`");
        }
    }

    private Instant now() {
        return cloud.now();
    }

    void idMaps() {
        if (mapsIdsAtMountTime(server)) {
            findings.ok("id maps", "the kernel maps ids at mount time");
        } else {
            findings.warning(
                    "id maps",
                    "the kernel cannot map ids at mount time, so the owners of a disk's files are rewritten when it moves"
                            + " between containers with different maps",
                    "use a kernel 5.12 or newer; until then keep security.idmap.isolated off");
        }
    }

    /** Containers are enough for many, so a server without virtual machines has no fault. */
    void virtualMachines() {
        if (!server.runsVirtualMachines()) {
            findings.ok(
                    "virtual machines",
                    "none: the server has not found QEMU, /dev/kvm or vhost_vsock, which stemcells of the formats"
                            + " openstack-qcow2 and openstack-raw need");
            return;
        }
        boolean bios = server.hasExtension("security_csm") || server.hasExtension("instance_boot_mode");
        findings.ok(
                "virtual machines",
                bios
                        ? "the server runs them; stemcells may boot by UEFI or BIOS"
                        : "the server runs them; stemcells have to boot by UEFI, since it knows no security.csm");
    }

    /** Incus 7 runs on kernels alone that can do it, and no longer says so (7.0.2: {@code "kernel_features": {}}). */
    static boolean mapsIdsAtMountTime(Server server) {
        return !(server.environment().get("kernel_features") instanceof Map<?, ?> features
                && "false".equals(features.get("idmapped_mounts")));
    }
}
