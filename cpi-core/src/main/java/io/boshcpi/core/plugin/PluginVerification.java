package io.boshcpi.core.plugin;

import io.boshcpi.core.installation.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What would happen if a file lay among the plugins: it is loaded as it would be then, with those that are there, and
 * everything about it is looked at that the distribution can judge without a server.
 */
public final class PluginVerification {
    private final Path file;
    private final List<PluginFinding> findings = new ArrayList<>();
    private @Nullable PluginReport report;

    private PluginVerification(Path file) {
        this.file = file;
    }

    /**
     * Verifies a file.
     *
     * @param moreFolders folders of plugins beside the distribution's
     */
    public static PluginVerification of(Distribution distribution, List<Path> moreFolders, Path file) {
        PluginVerification verification = new PluginVerification(file.toAbsolutePath());
        try {
            verification.verify(distribution, PluginCatalog.read(distribution, moreFolders));
        } catch (PluginProblem.Found e) {
            verification.findings.add(PluginFinding.error(String.valueOf(e.getMessage())));
        }
        return verification;
    }

    private void verify(Distribution distribution, PluginCatalog installed) throws PluginProblem.Found {
        PluginSpec plugin = PluginJar.read(file);
        findOther(plugin, installed);
        Set<String> before = new LinkedHashSet<>();
        try (PluginHost host = PluginHost.inspect(distribution, installed)) {
            host.problems().forEach(problem -> before.add(problem.toString()));
            before.addAll(host.conflicts());
        }
        try (PluginHost host = PluginHost.inspect(distribution, PluginCatalog.with(plugin, installed))) {
            for (PluginProblem problem : host.problems()) {
                if (problem.file().equals(file)) {
                    findings.add(PluginFinding.error(problem.reason()));
                } else if (!before.contains(problem.toString())) {
                    findings.add(PluginFinding.error("makes another plugin unusable: " + problem));
                }
            }
            boolean usable = findings.stream().noneMatch(PluginFinding::isError);
            for (PluginSpec spec : host.specs()) {
                if (spec.id().equals(plugin.id())) {
                    report = PluginReport.of(spec, false);
                    findings.addAll(host.linkage(spec));
                    if (usable) {
                        findings.addAll(new ContractCheck(host, spec).findings());
                    }
                }
            }
            if (usable) {
                host.conflicts().stream()
                        .filter(conflict -> !before.contains(conflict))
                        .forEach(conflict ->
                                findings.add(PluginFinding.error("contradicts another plugin: " + conflict)));
            }
        }
    }

    /** There can be one plugin of an ID; an installed one is looked at no further. */
    private void findOther(PluginSpec plugin, PluginCatalog installed) {
        for (PluginSpec other : installed.plugins()) {
            if (other.id().equals(plugin.id()) && !isSameFile(other.file().path())) {
                findings.add(PluginFinding.warning("has the Plugin-Id " + plugin.id() + " like "
                        + other.file().path().toAbsolutePath()
                        + "; put it in the place of that file, since there can be only one of them"));
            }
        }
    }

    private boolean isSameFile(Path other) {
        try {
            return Files.isSameFile(file, other);
        } catch (IOException e) {
            return false;
        }
    }

    /** The file, with its whole path. */
    public Path file() {
        return file;
    }

    /** What the plugin is, if it could be found out. */
    public Optional<PluginReport> plugin() {
        return Optional.ofNullable(report);
    }

    /** What is wrong, or may be. */
    public List<PluginFinding> findings() {
        return findings;
    }

    /** Whether the CPI would take the plugin, and nothing is known that fails when it is used. */
    public boolean isUsable() {
        return findings.stream().noneMatch(PluginFinding::isError);
    }
}
