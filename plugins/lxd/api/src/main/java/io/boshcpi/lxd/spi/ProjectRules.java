package io.boshcpi.lxd.spi;

import org.apiguardian.api.API;

/**
 * What may be made in a project. Begin with {@link #of}, and say what is different:
 * {@code ProjectRules.of("bosh").withNesting(false)}.
 *
 * @param project its name
 * @param lowLevelConfig whether instances may have {@code raw.lxc} and the like
 * @param nesting whether containers may have {@code security.nesting}
 * @param privileged whether containers may have {@code security.privileged}
 * @param needsLimits whether each instance needs limits for CPU, memory and root disk
 */
@API(status = API.Status.STABLE, since = "1.0")
public record ProjectRules(
        String project, boolean lowLevelConfig, boolean nesting, boolean privileged, boolean needsLimits) {
    /** Everything may be made there. */
    public static ProjectRules of(String project) {
        return new ProjectRules(project, true, true, true, false);
    }

    /** The same with or without {@code raw.lxc} and the like. */
    public ProjectRules withLowLevelConfig(boolean allowed) {
        return new ProjectRules(project, allowed, nesting, privileged, needsLimits);
    }

    /** The same with or without {@code security.nesting}. */
    public ProjectRules withNesting(boolean allowed) {
        return new ProjectRules(project, lowLevelConfig, allowed, privileged, needsLimits);
    }

    /** The same with or without {@code security.privileged}. */
    public ProjectRules withPrivileged(boolean allowed) {
        return new ProjectRules(project, lowLevelConfig, nesting, allowed, needsLimits);
    }

    /** The same where each instance needs limits, or none does. */
    public ProjectRules withLimits(boolean needed) {
        return new ProjectRules(project, lowLevelConfig, nesting, privileged, needed);
    }
}
