package io.boshcpi.lxd.project;

import io.boshcpi.lxd.spi.ProjectRequest;
import io.boshcpi.lxd.spi.ProjectResolver;
import io.boshcpi.lxd.spi.ProjectRules;
import io.boshcpi.lxd.spi.ProjectRulesRequest;
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
    public String project(ProjectRequest request) {
        return request.configured();
    }

    @Override
    public ProjectRules rules(ProjectRulesRequest request) {
        Map<String, String> config = request.config();
        boolean restricted = "true".equals(config.get("restricted"));
        return ProjectRules.of(request.project())
                .withLowLevelConfig(!restricted || isAllowed(config, "restricted.containers.lowlevel"))
                .withNesting(!restricted || isAllowed(config, "restricted.containers.nesting"))
                .withPrivileged(!restricted || isAllowed(config, "restricted.containers.privilege"))
                .withLimits(config.containsKey("limits.memory")
                        || config.containsKey("limits.cpu")
                        || config.containsKey("limits.disk"));
    }

    private static boolean isAllowed(Map<String, String> config, String key) {
        return "allow".equals(config.get(key));
    }
}
