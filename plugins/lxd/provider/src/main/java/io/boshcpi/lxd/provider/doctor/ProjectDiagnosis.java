package io.boshcpi.lxd.provider.doctor;

import io.boshcpi.lxd.client.model.Profile;
import io.boshcpi.lxd.client.model.Project;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.provider.server.Policy;
import io.boshcpi.lxd.spi.ProjectRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the project: its features, what it forbids, and its profiles. */
final class ProjectDiagnosis {
    private static final List<String> FEATURES = List.of("images", "profiles", "storage.volumes", "networks");

    /** What a restricted project forbids unless the key is "allow", and what BOSH can do without. */
    private static final Map<String, String> FORBIDDEN = new LinkedHashMap<>();

    static {
        FORBIDDEN.put("restricted.containers.privilege", "privileged VMs");
        FORBIDDEN.put("restricted.snapshots", "snapshots of disks");
        FORBIDDEN.put("restricted.devices.proxy", "proxy devices (a Director VM with the host's socket)");
        FORBIDDEN.put("restricted.devices.unix-char", "character devices");
        FORBIDDEN.put("restricted.devices.unix-block", "block devices");
        FORBIDDEN.put("restricted.devices.gpu", "GPUs");
    }

    private final LxdCloud cloud;
    private final LxdSession lxd;
    private final Project project;
    private final ProjectRules rules;
    private final Findings findings;

    ProjectDiagnosis(LxdCloud cloud, LxdSession lxd, Project project, Findings findings) {
        this.cloud = cloud;
        this.lxd = lxd;
        this.project = project;
        this.rules = cloud.contributors().rules(project);
        this.findings = findings;
    }

    /** It shares everything else with the project "default". */
    void features() {
        List<String> own = new ArrayList<>();
        for (String feature : FEATURES) {
            if (project.isolates(feature)) {
                own.add(feature);
            }
        }
        findings.ok(
                "project " + project.name(),
                (project.isRestricted() ? "restricted" : "not restricted") + ", with its own "
                        + String.join(", ", own));
    }

    void policy() {
        findings.ok(
                "cloud configs (lxd.allow)",
                Policy.of(cloud.config(), project.isRestricted()).describe());
    }

    void restrictions(boolean clustered) {
        needed(
                rules.lowLevelConfig(),
                "restricted.containers.lowlevel",
                "raw.lxc is forbidden: no repair of /proc/uptime (monit shows negative uptimes where lxcfs runs), no runit"
                        + " stemcells, and fixed addresses only through systemd-networkd");
        needed(
                rules.nesting(),
                "restricted.containers.nesting",
                "security.nesting is forbidden: no containers inside VMs, and the agent's mounts may fail under AppArmor");
        if (rules.nesting()) {
            findings.ok("nesting", "allowed, and on unless a VM's cloud property nesting is false");
        }
        if (rules.lowLevelConfig()) {
            uptimeRepair();
        }
        if (project.isRestricted()) {
            furtherRestrictions(clustered);
        }
    }

    private void needed(boolean allowed, String key, String consequence) {
        if (!allowed) {
            findings.warning(key, consequence, set(key + "=allow"));
        }
    }

    private void uptimeRepair() {
        if (cloud.config().repairsUptime()) {
            findings.ok("uptime repair", "on: containers see the host's /proc/uptime");
        } else {
            findings.warning(
                    "uptime repair",
                    "off: with lxcfs on the host, monit computes negative uptimes",
                    "set lxd.uptime_repair to true");
        }
    }

    private void furtherRestrictions(boolean clustered) {
        for (String device : List.of("nic", "disk")) {
            String key = "restricted.devices." + device;
            if ("block".equals(project.config().get(key))) {
                findings.error(
                        key, "block: a VM has " + (device.equals("nic") ? "NICs" : "disks"), set(key + "=managed"));
            }
        }
        Map<String, String> known = new LinkedHashMap<>(FORBIDDEN);
        if (clustered) {
            known.put("restricted.cluster.target", "the cloud property target");
        }
        List<String> forbidden = new ArrayList<>();
        known.forEach((key, what) -> {
            if (!"allow".equals(project.config().get(key))) {
                forbidden.add(what + " (" + key + ")");
            }
        });
        if (!forbidden.isEmpty()) {
            findings.warning(
                    "restrictions of project " + project.name(),
                    "forbidden are " + String.join(", ", forbidden),
                    "nothing, unless a deployment needs one of them: then " + set("KEY=allow"));
        }
    }

    void limits() {
        if (rules.needsLimits()) {
            findings.warning(
                    "limits of project " + project.name(),
                    "the project has limits, so each VM needs cpu, memory and root_disk, and each disk counts",
                    "give every VM type these cloud properties; " + findings.command("project info " + project.name())
                            + " shows what is left");
        }
    }

    void profiles() {
        for (String name : cloud.config().profiles()) {
            Optional<Profile> profile = lxd.profiles().find(name);
            if (profile.isPresent()) {
                profile(profile.get());
            } else {
                findings.error(
                        "profile " + name,
                        "is not in the project " + project.name(),
                        findings.command("profile create " + name + in()));
            }
        }
    }

    /** A VM's own devices replace the profile's of the same name; the first NIC of every VM is eth0. */
    private void profile(Profile profile) {
        String subject = "profile " + profile.name();
        boolean asExpected = true;
        for (Map.Entry<String, Map<String, String>> device : profile.devices().entrySet()) {
            if ("nic".equals(device.getValue().get("type")) && !device.getKey().equals("eth0")) {
                asExpected = false;
                findings.warning(
                        subject,
                        "adds the NIC " + device.getKey() + " to every VM, and BOSH does not know of it",
                        findings.command("profile device remove " + profile.name() + " " + device.getKey() + in()));
            }
        }
        if ("true".equals(profile.config().get("security.privileged"))) {
            asExpected = false;
            findings.warning(
                    subject,
                    "makes every VM privileged: root in it is root on the host",
                    findings.command("profile unset " + profile.name() + " security.privileged" + in()));
        }
        if (asExpected) {
            findings.ok(subject, "is there");
        }
    }

    private String set(String keyAndValue) {
        return findings.command("project set " + project.name() + " " + keyAndValue);
    }

    private String in() {
        return " --project " + project.name();
    }
}
