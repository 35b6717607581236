package io.boshcpi.lxd.fake.rules;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.Sizes;
import io.boshcpi.lxd.fake.model.State;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a project uses of its limits, and the refusals of a project that has limits or is restricted. */
public final class ProjectUsage {
    private static final String FAILED_SUM = "Failed getting usage of project entities: ";

    private final State state;
    private final Model.Project project;

    public ProjectUsage(State state, Model.Project project) {
        this.state = state;
        this.project = project;
    }

    private static long size(@Nullable String text) {
        return text == null ? 0 : Sizes.parse(text);
    }

    private long memory() {
        return state.instances.of(project.name()).stream()
                .mapToLong(instance -> size(instance.config.get("limits.memory")))
                .sum();
    }

    private long disk() {
        long sum = 0;
        for (Instance instance : state.instances.of(project.name())) {
            sum += size(instance.root().get("size"));
        }
        for (Model.Pool pool : state.pools.values()) {
            for (Model.Volume volume : pool.volumes().of(project.name())) {
                sum += size(volume.config().get("size"));
            }
        }
        return sum;
    }

    /** Refuses a new instance that the project does not allow; it is not in the state yet. */
    public void checkCreate(Instance instance) {
        String most = project.config().get("limits.instances");
        if (most != null && state.instances.of(project.name()).size() >= Long.parseLong(most)) {
            throw ApiError.internal("Reached maximum number of instances in project \"" + project.name() + "\"");
        }
        ApiError.prefixed("Failed checking if instance creation allowed: ", () -> check(instance));
    }

    private void check(Instance instance) {
        if ("true".equals(project.config().get("restricted"))) {
            checkConfig(instance);
        }
        String of = "Instance \"" + instance.name + "\" in project \"" + project.name() + "\" has no ";
        checkSum(
                "memory",
                memory(),
                instance.config.get("limits.memory"),
                of + "\"limits.memory\" config, either directly or via a profile");
        checkSum(
                "disk",
                disk(),
                instance.root().get("size"),
                of + "\"size\" config set on the root device either directly or via a profile");
    }

    private void checkConfig(Instance instance) {
        forbid(instance, "security.privileged", "containers.privilege", "Privileged containers are forbidden");
        forbid(instance, "security.nesting", "containers.nesting", "Container nesting is forbidden");
        for (String key : instance.config.keySet()) {
            if (key.startsWith("raw.") && !allows("containers.lowlevel")) {
                throw ApiError.internal("Use of low-level config \"" + key + "\"" + of(instance) + " is forbidden");
            }
        }
    }

    private String of(Instance instance) {
        return " on container \"" + instance.name + "\" of project \"" + project.name() + "\"";
    }

    private void forbid(Instance instance, String key, String restriction, String reason) {
        if ("true".equals(instance.config.get(key)) && !allows(restriction)) {
            throw ApiError.internal("Invalid value \"true\" for config \"" + key + "\"" + of(instance) + ": " + reason);
        }
    }

    private boolean allows(String restriction) {
        return "allow".equals(project.config().get("restricted." + restriction));
    }

    /** Refuses a new volume that goes beyond the project's disk space. */
    public void checkVolume(String name, Map<String, String> config) {
        ApiError.prefixed(
                "Failed checking if volume creation allowed: ",
                () -> checkSum(
                        "disk",
                        disk(),
                        config.get("size"),
                        "Custom volume \"" + name + "\" in project \"" + project.name()
                                + "\" has no \"size\" config set"));
    }

    private void checkSum(String limit, long used, @Nullable String more, String missing) {
        String most = project.config().get("limits." + limit);
        if (most == null) {
            return;
        }
        if (more == null) {
            throw ApiError.internal(FAILED_SUM + missing);
        }
        if (used + Sizes.parse(more) > Sizes.parse(most)) {
            throw ApiError.internal("Reached maximum aggregate value \"" + most + "\" for \"limits." + limit
                    + "\" in project \"" + project.name() + "\"");
        }
    }
}
