package io.boshcpi.lxd.provider.doctor;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.model.ClusterMember;
import io.boshcpi.lxd.client.model.Project;
import io.boshcpi.lxd.client.model.Server;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.server.Errors;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.provider.server.ServerTask;
import io.boshcpi.lxd.provider.server.Undo;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Maintenance.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks everything that the provider depends on; each check reports what it saw and how to fix it.
 *
 * <p>It changes nothing. Findings that need the server's administrator are reported as such to restricted clients.
 */
public final class Diagnosis extends ServerTask<List<Finding>> {
    private final LxdCloud cloud;

    private Diagnosis(LxdCloud cloud) {
        this.cloud = cloud;
    }

    /** The findings of all checks. */
    public static List<Finding> of(LxdCloud cloud, Call call) {
        return cloud.run(call, new Diagnosis(cloud));
    }

    @Override
    protected List<Finding> run(LxdSession lxd, Undo undo) {
        Server server;
        try {
            server = lxd.server().refresh();
        } catch (LxdException e) {
            return List.of(unreachable(e));
        }
        Findings findings = new Findings(server.isIncus() ? "incus" : "lxc");
        ServerDiagnosis ofServer = new ServerDiagnosis(cloud, lxd, server, findings);
        if (!server.trusted()) {
            ofServer.distrust(lxd.project());
            ofServer.clientCertificate(); // an expired one is not trusted either
            return findings.list();
        }
        ofServer.identity();
        check(findings, "API extensions", ofServer::extensions);
        check(findings, "trust", () -> ofServer.trust(lxd.project()));
        ofServer.clientCertificate();
        ofServer.serverCertificate();
        check(findings, "clocks", ofServer::clocks);
        check(findings, "id maps", ofServer::idMaps);
        ofServer.virtualMachines();
        List<ClusterMember> members = new ArrayList<>();
        if (server.clustered()) {
            check(findings, "cluster", () -> members.addAll(ofCluster(lxd, findings)));
        }
        check(findings, "project", () -> ofProject(lxd, server, members, findings));
        check(findings, "storage pool", () -> new PoolDiagnosis(cloud, lxd, members, findings).pool());
        check(findings, "plugins", () -> findings.addAll(cloud.contributors()));
        return findings.list();
    }

    private List<ClusterMember> ofCluster(LxdSession lxd, Findings findings) {
        List<ClusterMember> members = lxd.clusterMembers().list();
        ClusterDiagnosis ofCluster = new ClusterDiagnosis(cloud, members, findings);
        ofCluster.members();
        ofCluster.failover();
        return members;
    }

    private void ofProject(LxdSession lxd, Server server, List<ClusterMember> members, Findings findings) {
        String name = lxd.project();
        Optional<Project> project = lxd.projects().find(name);
        if (project.isEmpty()) {
            findings.error("project " + name, "is not on the server", findings.command("project create " + name));
            return;
        }
        ProjectDiagnosis ofProject = new ProjectDiagnosis(cloud, lxd, project.get(), findings);
        ofProject.features();
        ofProject.policy();
        ofProject.restrictions(server.clustered());
        ofProject.limits();
        check(findings, "profiles", ofProject::profiles);
        check(findings, "network", () -> new NetworkDiagnosis(cloud, lxd, project.get(), members, findings).network());
    }

    private Finding unreachable(LxdException failure) {
        String remedy;
        if (failure.is(LxdException.Kind.UNTRUSTED)) {
            remedy = "compare lxd.server_certificate with what the server shows:"
                    + " `openssl s_client -connect HOST:PORT </dev/null | openssl x509`";
        } else if (cloud.config().url().isPresent()) {
            remedy =
                    "on the server: `lxc config set core.https_address :8443` (or `incus config set ...`), and open that port"
                            + " in its firewall; or correct lxd.url";
        } else {
            remedy = "start it (`systemctl start lxd`, `snap start lxd`, `systemctl start incus`), give this user the"
                    + " socket's group, or correct lxd.socket";
        }
        return Finding.error("server", Errors.of(failure).getMessage(), remedy);
    }

    /** Runs one check; if it fails, that is a finding, and the other checks go on. */
    private static void check(Findings findings, String subject, Runnable check) {
        try {
            check.run();
        } catch (LxdException e) {
            findings.error(
                    subject,
                    "could not be looked at: " + e.getMessage(),
                    "give the client certificate access to the project, or repair the server");
        } catch (CpiException e) {
            findings.error(subject, e.getMessage(), "correct the configuration or install the plugin");
        }
    }
}
