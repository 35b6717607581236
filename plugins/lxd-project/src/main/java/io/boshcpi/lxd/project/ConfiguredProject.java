package io.boshcpi.lxd.project;

import io.boshcpi.lxd.spi.ProjectResolver;
import io.boshcpi.lxd.spi.ProjectRules;
import io.boshcpi.spi.Call;
import java.util.Map;
import org.pf4j.Extension;

/**
 * Everything is made in the project that the operator configured.
 *
 * <p>In a restricted project the server refuses everything that is not allowed there by name; the rules say so beforehand,
 * so that a VM is made without what it can do without.
 */
@Extension
public final class ConfiguredProject implements ProjectResolver {
    @Override
    public String project(Call call, String configured) {
        return configured;
    }

    @Override
    public ProjectRules rules(String project, Map<String, String> config) {
        boolean restricted = "true".equals(config.get("restricted"));
        return new ProjectRules(
                project,
                !restricted || "allow".equals(config.get("restricted.containers.lowlevel")),
                !restricted || "allow".equals(config.get("restricted.containers.nesting")),
                !restricted || "allow".equals(config.get("restricted.containers.privilege")),
                config.containsKey("limits.memory")
                        || config.containsKey("limits.cpu")
                        || config.containsKey("limits.disk"));
    }
}
