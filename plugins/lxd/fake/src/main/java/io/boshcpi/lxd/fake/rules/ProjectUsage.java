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
    private final State state;
    private final Model.Project project;

    public ProjectUsage(State state, Model.Project project) {
        this.state = state;
        this.project = project;
    }

    public long of(String limit) {
        return switch (limit) {
            case "instances" -> state.instances(project.name).size();
            case "containers" ->
                state.instances(project.name).stream().filter(i -> i.container).count();
            case "virtual-machines" ->
                state.instances(project.name).stream().filter(i -> !i.container).count();
            case "memory" -> memory();
            case "disk" -> disk();
            default -> 0;
        };
    }

    private long memory() {
        return state.instances(project.name).stream()
                .mapToLong(instance -> size(instance.config.get("limits.memory")))
                .sum();
    }

    private long disk() {
        long sum = 0;
        for (Instance instance : state.instances(project.name)) {
            sum += size(root(instance).get("size"));
        }
        for (Model.Pool pool : state.pools.values()) {
            for (Model.Volume volume : pool.volumes.values()) {
                sum += volume.project.equals(project.name) ? size(volume.config.get("size")) : 0;
            }
        }
        return sum;
    }

    private static long size(@Nullable String text) {
        return text == null ? 0 : Sizes.parse(text);
    }

    private static Map<String, String> root(Instance instance) {
        return instance.devices.values().stream()
                .filter(device -> "/".equals(device.get("path")))
                .findFirst()
                .orElse(Map.of());
    }

    /** Refuses a new instance that the project does not allow; it is not in the state yet. */
    public void checkCreate(Instance instance) {
        String most = project.config.get("limits.instances");
        if (most != null && of("instances") >= Long.parseLong(most)) {
            throw ApiError.internal("Reached maximum number of instances in project \"" + project.name + "\"");
        }
        check(instance, "Failed checking if instance creation allowed: ");
    }

    /** Refuses a change; the changed instance is another object than the one in the state. */
    public void checkUpdate(Instance before, Instance after) {
        state.remove(before);
        try {
            check(after, "Failed checking if instance update allowed: ");
        } finally {
            state.put(before);
        }
    }

    private void check(Instance instance, String prefix) {
        try {
            if ("true".equals(project.config.get("restricted"))) {
                checkConfig(instance);
                checkDevices(instance);
            }
            checkSums(instance);
        } catch (ApiError e) {
            throw e.prefixed(prefix);
        }
    }

    private boolean allows(String restriction) {
        return "allow".equals(project.config.get("restricted." + restriction));
    }

    private void checkConfig(Instance instance) {
        String of = " on container \"" + instance.name + "\" of project \"" + project.name + "\"";
        Map<String, String> config = instance.config;
        if ("true".equals(config.get("security.privileged")) && !allows("containers.privilege")) {
            throw ApiError.internal("Invalid value \"true\" for config \"security.privileged\"" + of
                    + ": Privileged containers are forbidden");
        }
        if ("true".equals(config.get("security.nesting")) && !allows("containers.nesting")) {
            throw ApiError.internal(
                    "Invalid value \"true\" for config \"security.nesting\"" + of + ": Container nesting is forbidden");
        }
        for (String key : config.keySet()) {
            if (key.startsWith("raw.") && !allows("containers.lowlevel")) {
                throw ApiError.internal("Use of low-level config \"" + key + "\"" + of + " is forbidden");
            }
        }
    }

    private void checkDevices(Instance instance) {
        instance.devices.forEach((name, device) -> {
            String reason = forbidden(device);
            if (reason != null) {
                throw ApiError.internal("Invalid device \"" + name + "\" on container \"" + instance.name
                        + "\" of project \"" + project.name + "\": " + reason);
            }
        });
    }

    private @Nullable String forbidden(Map<String, String> device) {
        return switch (device.getOrDefault("type", "")) {
            case "disk" ->
                device.containsKey("pool") || allows("devices.disk")
                        ? null
                        : "Attaching disks not backed by a pool is forbidden";
            case "nic" ->
                device.containsKey("network") || allows("devices.nic")
                        ? null
                        : "Only managed network devices are allowed";
            case "proxy" -> allows("devices.proxy") ? null : "Proxy devices are forbidden";
            case "unix-char" -> allows("devices.unix-char") ? null : "Unix character devices are forbidden";
            case "unix-block" -> allows("devices.unix-block") ? null : "Unix block devices are forbidden";
            case "gpu" -> allows("devices.gpu") ? null : "GPU devices are forbidden";
            case "usb" -> allows("devices.usb") ? null : "USB devices are forbidden";
            case "pci" -> allows("devices.pci") ? null : "PCI devices are forbidden";
            default -> null;
        };
    }

    private void checkSums(Instance instance) {
        String usage = "Failed getting usage of project entities: Instance \"" + instance.name + "\" in project \""
                + project.name + "\" has no ";
        String memory = project.config.get("limits.memory");
        if (memory != null) {
            String own = instance.config.get("limits.memory");
            if (own == null) {
                throw ApiError.internal(usage + "\"limits.memory\" config, either directly or via a profile");
            }
            checkSum("memory", memory, Sizes.parse(own));
        }
        String disk = project.config.get("limits.disk");
        if (disk != null) {
            String own = root(instance).get("size");
            if (own == null) {
                throw ApiError.internal(
                        usage + "\"size\" config set on the root device either directly or via a profile");
            }
            checkSum("disk", disk, Sizes.parse(own));
        }
    }

    private void checkSum(String limit, String most, long more) {
        if (of(limit) + more > Sizes.parse(most)) {
            throw ApiError.internal("Reached maximum aggregate value \"" + most + "\" for \"limits." + limit
                    + "\" in project \"" + project.name + "\"");
        }
    }

    /** Refuses a new volume that goes beyond the project's disk space. */
    public void checkVolume(String name, Map<String, String> config) {
        String most = project.config.get("limits.disk");
        if (most == null) {
            return;
        }
        try {
            String size = config.get("size");
            if (size == null) {
                throw ApiError.internal("Failed getting usage of project entities: Custom volume \"" + name
                        + "\" in project \"" + project.name + "\" has no \"size\" config set");
            }
            checkSum("disk", most, Sizes.parse(size));
        } catch (ApiError e) {
            throw e.prefixed("Failed checking if volume creation allowed: ");
        }
    }
}
