package io.boshcpi.lxd.provider.doctor;

import io.boshcpi.lxd.provider.server.Contributors;
import io.boshcpi.spi.Maintenance.Finding;
import java.util.ArrayList;
import java.util.List;

/** Collects findings. */
final class Findings {
    private final String tool;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param tool the server's command line tool, for remedies: {@code lxc} or {@code incus}
     */
    Findings(String tool) {
        this.tool = tool;
    }

    /** The server's command, with arguments. */
    String command(String arguments) {
        return tool + " " + arguments;
    }

    /** The command that fits the server. */
    String command(String ofLxd, String ofIncus) {
        return tool + " " + (tool.equals("incus") ? ofIncus : ofLxd);
    }

    void ok(String subject, String observation) {
        findings.add(Finding.ok(subject, observation));
    }

    void warning(String subject, String observation, String remedy) {
        findings.add(Finding.warning(subject, observation, remedy));
    }

    void error(String subject, String observation, String remedy) {
        findings.add(Finding.error(subject, observation, remedy));
    }

    /** What the sub-plugins have to say. */
    void addAll(Contributors contributors) {
        contributors.health(findings);
    }

    List<Finding> list() {
        return List.copyOf(findings);
    }
}
