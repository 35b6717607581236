package io.boshcpi.lxd.provider;

import io.boshcpi.spi.Maintenance.Finding;
import java.util.ArrayList;
import java.util.List;

/** What {@link Diagnosis} has seen so far. */
final class Findings {
    private final String tool;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param tool the server's command for remedies: {@code lxc} or {@code incus}
     */
    Findings(String tool) {
        this.tool = tool;
    }

    /** The server's command, with arguments. */
    String command(String arguments) {
        return tool + " " + arguments;
    }

    /** The one of two commands that the server has. */
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

    List<Finding> list() {
        return List.copyOf(findings);
    }
}
