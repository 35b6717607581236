package io.boshcpi.lxd.provider.doctor;

import io.boshcpi.lxd.client.model.ClusterMember;
import io.boshcpi.lxd.provider.server.LxdCloud;
import java.util.ArrayList;
import java.util.List;

/** Checks the members of a cluster, and whether the CPI finds another one when that of {@code lxd.url} is down. */
final class ClusterDiagnosis {
    private final LxdCloud cloud;
    private final List<ClusterMember> members;
    private final Findings findings;

    ClusterDiagnosis(LxdCloud cloud, List<ClusterMember> members, Findings findings) {
        this.cloud = cloud;
        this.members = members;
        this.findings = findings;
    }

    void members() {
        for (ClusterMember member : members) {
            String subject = "cluster member " + member.name();
            String groups = "in the groups " + String.join(", ", member.groups());
            if (member.isOnline()) {
                findings.ok(subject, groups);
            } else if (member.status().equals("Evacuated")) {
                findings.warning(
                        subject,
                        "is evacuated, so it takes no VMs",
                        findings.command("cluster restore " + member.name()) + " when its maintenance is over");
            } else {
                findings.error(
                        subject,
                        "is " + member.status() + " (" + member.message() + "): calls about its VMs and disks fail",
                        "bring it up again; if it is lost for good, docs/operator.md, \"Clusters\"");
            }
        }
    }

    void failover() {
        if (cloud.config().url().isEmpty() || members.size() < 2) {
            return;
        }
        if (!cloud.config().failoverUrls().isEmpty()) {
            findings.ok("failover", "calls go to another member when that of lxd.url cannot be reached");
            return;
        }
        List<String> others = new ArrayList<>();
        for (ClusterMember member : members) {
            if (!cloud.config().url().get().equals(member.url())) {
                others.add(member.url());
            }
        }
        findings.warning(
                "failover",
                "all calls go to " + cloud.config().url().get() + ", and fail while that member is down",
                "lxd.failover_urls: [" + String.join(", ", others) + "]");
    }
}
