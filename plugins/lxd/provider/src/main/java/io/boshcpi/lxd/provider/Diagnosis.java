package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.LxdException;
import io.boshcpi.lxd.client.LxdSession;
import io.boshcpi.lxd.client.model.Network;
import io.boshcpi.lxd.client.model.PoolResources;
import io.boshcpi.lxd.client.model.Project;
import io.boshcpi.lxd.client.model.Server;
import io.boshcpi.lxd.client.model.StoragePool;
import io.boshcpi.lxd.spi.ProjectRules;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Maintenance.Finding;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Looks at what the provider depends on, one thing after the other; each says what was seen and what mends it. */
final class Diagnosis {
    /** What this CPI asks of the API beyond its first version, and the server's names for it. */
    private static final List<String> NEEDED = List.of(
            "projects",
            "file_symlinks",
            "proxy_unix_dac_properties",
            "storage_api_volume_snapshots",
            "storage_api_local_volume_handling",
            "projects_restrictions");

    private static final Duration SOON = Duration.ofDays(30);
    private static final double NEARLY_FULL = 0.9;

    private final LxdCloud cloud;
    private final Call call;
    private final LxdSession lxd;
    private final String tool;
    private final List<Finding> findings = new ArrayList<>();

    private Diagnosis(LxdCloud cloud, Call call, LxdSession lxd, String tool) {
        this.cloud = cloud;
        this.call = call;
        this.lxd = lxd;
        this.tool = tool;
    }

    static List<Finding> of(LxdCloud cloud, Call call) {
        LxdSession lxd = cloud.session(call);
        Server server;
        try {
            server = lxd.server().refresh();
        } catch (LxdException e) {
            return List.of(Finding.error(
                    "server", Errors.of(e).getMessage(), "start the server, or correct lxd.socket or lxd.url"));
        }
        Diagnosis diagnosis = new Diagnosis(cloud, call, lxd, server.isIncus() ? "incus" : "lxc");
        return diagnosis.of(server);
    }

    private List<Finding> of(Server server) {
        if (!server.trusted()) {
            String add = tool.equals("incus") ? "incus config trust add-certificate FILE" : "lxc config trust add FILE";
            findings.add(Finding.error(
                    "trust",
                    "the server does not trust the client certificate",
                    add + ", with lxd.client_certificate as FILE"));
            return findings;
        }
        findings.add(Finding.ok("server", server.toString()));
        look("API extensions", () -> extensions(server));
        look("certificates", () -> certificates(server));
        look("id maps", () -> idMaps(server));
        look("project", this::project);
        look("profiles", this::profiles);
        look("network", this::network);
        look("storage pool", this::storagePool);
        return findings;
    }

    /** One thing that cannot be looked at keeps nobody from looking at the others. */
    private void look(String subject, Runnable looking) {
        try {
            looking.run();
        } catch (LxdException e) {
            findings.add(Finding.error(
                    subject,
                    "could not be looked at: " + e.getMessage(),
                    "give the client certificate access, or mend the server"));
        } catch (CpiException e) {
            findings.add(Finding.error(subject, e.getMessage(), "correct the configuration or install the plugin"));
        }
    }

    private void extensions(Server server) {
        TreeSet<String> missing = new TreeSet<>(NEEDED);
        missing.removeAll(server.extensions());
        findings.add(
                missing.isEmpty()
                        ? Finding.ok("API extensions", "all " + NEEDED.size() + " that are needed are there")
                        : Finding.error(
                                "API extensions",
                                "missing are " + missing,
                                "upgrade the server to LXD 5.0 or Incus 6.0"));
    }

    private void certificates(Server server) {
        cloud.config().clientCertificate().ifPresent(pem -> expiry("client certificate (lxd.client_certificate)", pem));
        if (server.environment().get("certificate") instanceof String pem && !pem.isEmpty()) {
            expiry("server certificate", pem);
        }
    }

    private void expiry(String subject, String pem) {
        Instant end;
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            end = certificate.getNotAfter().toInstant();
        } catch (CertificateException e) {
            findings.add(Finding.error(subject, "is no PEM certificate", "put a PEM certificate there"));
            return;
        }
        Instant now = Instant.parse(cloud.now());
        if (end.isBefore(now)) {
            findings.add(Finding.error(
                    subject, "expired on " + end, "make a new one and add it to the server's trust store"));
        } else if (end.isBefore(now.plus(SOON))) {
            findings.add(Finding.warning(
                    subject, "expires on " + end, "make a new one and add it to the server's trust store"));
        } else {
            findings.add(Finding.ok(subject, "valid until " + end));
        }
    }

    private void idMaps(Server server) {
        boolean idmapped = server.environment().get("kernel_features") instanceof Map<?, ?> features
                && "true".equals(features.get("idmapped_mounts"));
        findings.add(
                idmapped
                        ? Finding.ok("id maps", "the kernel maps ids at mount time")
                        : Finding.warning(
                                "id maps",
                                "the kernel cannot map ids at mount time, so the owners of a disk's files are rewritten when"
                                        + " it moves between containers with different maps",
                                "nothing has to be done; keep security.idmap.isolated off"));
    }

    private void project() {
        String name = cloud.project(call);
        Optional<Project> project = lxd.projects().find(name);
        if (project.isEmpty()) {
            findings.add(Finding.error("project " + name, "is not on the server", tool + " project create " + name));
            return;
        }
        ProjectRules rules =
                cloud.contributors().projects().rules(name, project.get().config());
        findings.add(Finding.ok("project " + name, project.get().isRestricted() ? "restricted" : "not restricted"));
        allowed(
                name,
                rules.lowLevelConfig(),
                "restricted.containers.lowlevel",
                "raw.lxc is forbidden: no repair of /proc/uptime (monit shows negative uptimes where lxcfs runs), no runit"
                        + " stemcells, and fixed addresses only through systemd-networkd");
        allowed(
                name,
                rules.nesting(),
                "restricted.containers.nesting",
                "security.nesting is forbidden: no containers inside VMs, and the agent's mounts may fail under AppArmor");
        if (rules.lowLevelConfig()) {
            findings.add(
                    cloud.config().repairsUptime()
                            ? Finding.ok("uptime repair", "on: containers see the host's /proc/uptime")
                            : Finding.warning(
                                    "uptime repair",
                                    "off: with lxcfs on the host, monit computes negative uptimes",
                                    "set lxd.uptime_repair to true"));
        }
        if (rules.needsLimits()) {
            findings.add(Finding.warning(
                    "limits of project " + name,
                    "the project has limits, so each VM needs cpu, memory and root_disk, and each disk counts",
                    "give every VM type these cloud properties"));
        }
    }

    private void allowed(String project, boolean allowed, String key, String consequence) {
        if (!allowed) {
            findings.add(Finding.warning(key, consequence, tool + " project set " + project + " " + key + "=allow"));
        }
    }

    private void profiles() {
        for (String profile : cloud.config().profiles()) {
            findings.add(
                    lxd.profiles().find(profile).isPresent()
                            ? Finding.ok("profile " + profile, "is there")
                            : Finding.error(
                                    "profile " + profile,
                                    "is not in project " + lxd.project(),
                                    tool + " profile create " + profile + " --project " + lxd.project()));
        }
    }

    private void network() {
        Optional<String> configured = cloud.config().network();
        if (configured.isEmpty()) {
            findings.add(Finding.ok("network", "lxd.network is not set: each subnet names its own"));
            return;
        }
        String subject = "network " + configured.get();
        Optional<Network> network = lxd.networks().find(configured.get());
        if (network.isEmpty()) {
            findings.add(Finding.error(subject, "is not on the server", tool + " network create " + configured.get()));
        } else if (!network.get().managed()) {
            findings.add(Finding.error(
                    subject,
                    "is not managed by the server",
                    "name it as the cloud property parent of its subnets instead of lxd.network"));
        } else {
            String range = network.get().config().getOrDefault("ipv4.address", "hidden from this client");
            int leases = lxd.networks().leases(configured.get()).size();
            findings.add(Finding.ok(
                    subject,
                    network.get().type() + ", " + range + ", " + leases + " addresses in use, DHCP range "
                            + network.get().config().getOrDefault("ipv4.dhcp.ranges", "the whole subnet")));
        }
    }

    private void storagePool() {
        String name = cloud.config().storagePoolName();
        String subject = "storage pool " + name;
        Optional<StoragePool> pool = lxd.pools().find(name);
        if (pool.isEmpty()) {
            findings.add(Finding.error(subject, "is not on the server", tool + " storage create " + name + " btrfs"));
            return;
        }
        boolean enforced = cloud.contributors()
                .storage(name, pool.get().driver())
                .capabilities()
                .enforcesSize();
        findings.add(
                enforced
                        ? Finding.ok(subject, pool.get().driver() + ", sizes are enforced")
                        : Finding.warning(
                                subject,
                                pool.get().driver() + ", sizes are not enforced: a disk can fill the whole pool",
                                "use a pool with btrfs, zfs, lvm or ceph for disks whose size matters"));
        space(subject, name);
    }

    private void space(String subject, String name) {
        PoolResources resources = lxd.pools().resources(name);
        long totalMib = resources.totalBytes() >> 20;
        long usedMib = resources.usedBytes() >> 20;
        String seen = usedMib + " of " + totalMib + " MiB used";
        findings.add(
                usedMib > totalMib * NEARLY_FULL
                        ? Finding.warning("space in " + subject, seen, "make the pool larger, or run `cpi gc`")
                        : Finding.ok("space in " + subject, seen));
    }
}
