package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.model.Project;
import io.boshcpi.lxd.client.model.Server;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Maintenance.Finding;
import java.util.List;
import java.util.Optional;

/**
 * Looks at what the provider depends on, one thing after the other; each says what was seen and what mends it.
 *
 * <p>It changes nothing. What only an administrator of the server may see, a restricted client is told of as such.
 */
final class Diagnosis {
    private final LxdCloud cloud;
    private final Call call;
    private final LxdSession lxd;

    private Diagnosis(LxdCloud cloud, Call call) {
        this.cloud = cloud;
        this.call = call;
        this.lxd = cloud.session(call);
    }

    static List<Finding> of(LxdCloud cloud, Call call) {
        return new Diagnosis(cloud, call).findings();
    }

    private List<Finding> findings() {
        Server server;
        try {
            server = lxd.server().refresh();
        } catch (LxdException e) {
            return List.of(unreachable(e));
        }
        Findings findings = new Findings(server.isIncus() ? "incus" : "lxc");
        ServerDiagnosis ofServer = new ServerDiagnosis(cloud, lxd, server, findings);
        if (!server.trusted()) {
            ofServer.distrust(cloud.project(call));
            ofServer.clientCertificate(); // an expired one is not trusted either
            return findings.list();
        }
        ofServer.identity();
        look(findings, "API extensions", ofServer::extensions);
        look(findings, "trust", () -> ofServer.trust(cloud.project(call)));
        ofServer.clientCertificate();
        ofServer.serverCertificate();
        look(findings, "clocks", ofServer::clocks);
        look(findings, "id maps", ofServer::idMaps);
        look(findings, "project", () -> ofProject(server, findings));
        look(findings, "storage pool", () -> new PoolDiagnosis(cloud, lxd, findings).pool());
        return findings.list();
    }

    private void ofProject(Server server, Findings findings) {
        String name = cloud.project(call);
        Optional<Project> project = lxd.projects().find(name);
        if (project.isEmpty()) {
            findings.error("project " + name, "is not on the server", findings.command("project create " + name));
            return;
        }
        ProjectDiagnosis ofProject = new ProjectDiagnosis(cloud, lxd, project.get(), findings);
        ofProject.features();
        ofProject.restrictions(server.clustered());
        ofProject.limits();
        look(findings, "profiles", ofProject::profiles);
        look(findings, "network", () -> new NetworkDiagnosis(cloud, lxd, project.get(), findings).network());
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

    /** One thing that cannot be looked at keeps nobody from looking at the others. */
    private static void look(Findings findings, String subject, Runnable looking) {
        try {
            looking.run();
        } catch (LxdException e) {
            findings.error(
                    subject,
                    "could not be looked at: " + e.getMessage(),
                    "give the client certificate access to the project, or mend the server");
        } catch (CpiException e) {
            findings.error(subject, e.getMessage(), "correct the configuration or install the plugin");
        }
    }
}
