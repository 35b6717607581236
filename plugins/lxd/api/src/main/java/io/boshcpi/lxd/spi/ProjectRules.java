package io.boshcpi.lxd.spi;

import org.apiguardian.api.API;

/**
 * What may be made in a project.
 *
 * @param project its name
 * @param lowLevelConfig whether instances may have {@code raw.lxc} and the like
 * @param nesting whether containers may have {@code security.nesting}
 * @param privileged whether containers may have {@code security.privileged}
 * @param needsLimits whether each instance needs limits for CPU, memory and root disk
 */
@API(status = API.Status.STABLE, since = "1.0")
public record ProjectRules(
        String project, boolean lowLevelConfig, boolean nesting, boolean privileged, boolean needsLimits) {}
