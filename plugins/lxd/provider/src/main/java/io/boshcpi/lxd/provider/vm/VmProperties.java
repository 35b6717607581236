package io.boshcpi.lxd.provider.vm;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.PropertyTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The cloud properties of a VM (of AZs, VM types and VM extensions), besides {@link ContainerProperties} and those that
 * contributors read.
 *
 * @param instanceType {@code cN-mM}: N CPUs and M GiB of memory, such as {@code c2-m4}
 * @param cpu number of CPUs; overrides that of {@code instanceType}
 * @param memory memory in MiB; overrides that of {@code instanceType}
 * @param rootDisk size of the root disk in MiB; the server's own default if not given
 * @param ephemeralDisk size of the ephemeral disk in MiB, a volume on {@code /var/vcap/data}; without it that directory
 *     is on the root disk
 * @param storagePool the pool of root disk and ephemeral disk
 * @param profiles replaces the configured profiles
 * @param target the cluster member, or {@code @group}, to place the VM on
 * @param config further configuration of the instance, such as {@code limits.cpu.priority}
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
            "limits.memory", "memory");

    /** Refuses sizes below 1 and configuration that has a cloud property of its own. */
    public VmProperties {
        atLeastOne("cpu", cpu);
        atLeastOne("memory", memory);
        atLeastOne("root_disk", rootDisk);
        atLeastOne("ephemeral_disk", ephemeralDisk);
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

    /**
     * Binds the properties and refuses unknown keys.
     *
     * @param others the keys that contributors read
     */
    public static VmProperties of(PropertyTree properties, Set<String> others) {
        return properties.bind(VmProperties.class, withContainers(others));
    }

    /**
     * All keys that the cloud properties of a VM can have, except {@code config}, which networks have too.
     *
     * @param others the keys that contributors read
     */
    public static Set<String> keys(Set<String> others) {
        Set<String> keys = withContainers(others);
        keys.addAll(PropertyTree.keysOf(VmProperties.class));
        keys.remove("config");
        return keys;
    }

    private static Set<String> withContainers(Set<String> others) {
        Set<String> keys = new TreeSet<>(others);
        keys.addAll(ContainerProperties.KEYS);
        return keys;
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

    private static void atLeastOne(String key, Optional<Integer> value) {
        if (value.isPresent() && value.get() < 1) {
            throw CpiException.badRequest("cloud_properties." + key + " is " + value.get() + "; at least 1 is needed");
        }
    }
}
