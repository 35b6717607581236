package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.provider.server.Contributors;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.PropertyTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The cloud properties of a VM (of AZs, VM types and VM extensions), besides {@link ContainerProperties},
 * {@link MachineProperties} and those that contributors read. {@link #OPTIONS} says what they mean.
 */
public record VmProperties(
        Optional<String> instanceType,
        Optional<Integer> cpu,
        Optional<Integer> memory,
        Optional<Integer> rootDisk,
        Optional<Integer> ephemeralDisk,
        Optional<String> storagePool,
        Optional<List<String>> profiles,
        Optional<String> target,
        Map<String, String> config) {

    /** Keys of the instance that the provider sets itself, and the cloud properties for them. */
    private static final Map<String, String> OWN_CONFIG = Map.of(
            "raw.lxc", "raw_lxc",
            "security.nesting", "nesting",
            "security.privileged", "privileged",
            "linux.kernel_modules", "kernel_modules",
            "limits.cpu", "cpu",
            "limits.memory", "memory",
            "security.secureboot", "secure_boot",
            "security.csm", "boot_mode",
            "boot.mode", "boot_mode");

    /** What an operator can write. */
    public static final Options OPTIONS = Options.of(
            Option.string("instance_type", "`cN-mM`: N CPUs and M GiB of memory, such as `c2-m4`"),
            Option.integer("cpu", "number of CPUs; overrides that of `instance_type`")
                    .withRange(1, Long.MAX_VALUE),
            Option.integer("memory", "memory in MiB; overrides that of `instance_type`")
                    .withRange(1, Long.MAX_VALUE),
            Option.integer("root_disk", "size of the root disk in MiB; the server's own default if not given")
                    .withRange(1, Long.MAX_VALUE),
            Option.integer(
                            "ephemeral_disk",
                            "size of the ephemeral disk in MiB, a volume on `/var/vcap/data`; without it that directory is"
                                    + " on the root disk")
                    .withRange(1, Long.MAX_VALUE),
            Option.string("storage_pool", "the pool of root disk and ephemeral disk"),
            Option.strings("profiles", "replaces the configured profiles"),
            Option.string(
                    "target",
                    "the cluster member, or `@group`, to place the VM on. Without it, a VM goes to the member of its"
                            + " persistent disks, and one without disks where the server puts it"),
            Option.hash("config", "further configuration of the instance, such as `limits.cpu.priority`"));

    /** Refuses configuration that has a cloud property of its own. */
    public VmProperties {
        for (String key : config.keySet()) {
            String own = OWN_CONFIG.get(key);
            if (own != null) {
                throw CpiException.badRequest(
                        "cloud_properties.config." + key + " is set by the cloud property " + own + "; use that");
            }
            if (key.startsWith("user.bosh.") || key.startsWith("volatile.")) {
                throw CpiException.badRequest("cloud_properties.config." + key + " is not for an operator to set");
            }
        }
    }

    /** Binds the properties and refuses unknown keys and wrong values. */
    public static VmProperties of(PropertyTree properties, Contributors contributors) {
        return properties.bind(VmProperties.class, options(contributors));
    }

    /** All keys that the cloud properties of a VM can have, except {@code config}, which networks have too. */
    public static Set<String> keys(Contributors contributors) {
        Set<String> keys = new TreeSet<>(options(contributors).names());
        keys.remove("config");
        return keys;
    }

    /** The options of VMs that are the CPI's own. */
    public static Options own() {
        return OPTIONS.and(ContainerProperties.OPTIONS).and(MachineProperties.OPTIONS);
    }

    private static Options options(Contributors contributors) {
        return contributors.vmOptions(own());
    }

    /** The value of {@code limits.cpu}. */
    public Optional<String> cpuLimit() {
        if (cpu.isPresent()) {
            return Optional.of(String.valueOf(cpu.get()));
        } else if (instanceType.isPresent()) {
            return Optional.of(
                    String.valueOf(InstanceType.parse(instanceType.get()).cpu()));
        }
        return Optional.empty();
    }

    Optional<String> memoryLimit() {
        if (memory.isPresent()) {
            return Optional.of(memory.get() + "MiB");
        } else if (instanceType.isPresent()) {
            return Optional.of(InstanceType.parse(instanceType.get()).memoryMib() + "MiB");
        }
        return Optional.empty();
    }
}
