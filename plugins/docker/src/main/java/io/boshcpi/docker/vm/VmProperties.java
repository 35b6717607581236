package io.boshcpi.docker.vm;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Volume;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.PropertyTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cloud properties of VMs. {@link #OPTIONS} says what they mean. */
record VmProperties(
        Optional<Double> cpu,
        Optional<Long> memory,
        Optional<Long> ephemeralDisk,
        Optional<Boolean> privileged,
        List<String> capabilities,
        List<String> binds,
        Map<String, String> tmpfs,
        Map<String, Long> ulimits,
        Optional<Long> shmSize,
        List<String> ports) {

    /** What an operator can write. */
    static final Options OPTIONS = Options.of(
            Option.of(
                    "cpu",
                    Option.Kind.DECIMAL,
                    "the number of CPUs that the VM may use, such as `1.5`; all if not given"),
            Option.integer("memory", "the most memory, without swap; the host's if not given")
                    .withRange(16, Long.MAX_VALUE),
            Option.integer(
                            "ephemeral_disk",
                            "the size of the volume at `/var/vcap/data`, which a VM has in any case; no engine enforces it")
                    .withRange(1, Long.MAX_VALUE),
            Option.bool(
                    "privileged",
                    "makes the container privileged: root in it is root on the host; only with `docker.allow_privileged`"),
            Option.strings(
                    "capabilities",
                    "capabilities besides the engine's own and `SYS_ADMIN`, such as `NET_ADMIN`; only with"
                            + " `docker.allow_privileged`"),
            Option.strings(
                    "binds",
                    "files and folders of the engine's host that the VM sees: `/run/docker.sock:/run/docker.sock`, with `:ro`"
                            + " at the end to be read only; only with `docker.allow_privileged`"),
            Option.hash(
                    "tmpfs", "directories in memory, with their mount options: `{/var/vcap/data/cache: \"size=64m\"}`"),
            Option.hash("ulimits", "limits of processes, soft and hard: `{nofile: 65536}`; the engine's if not given"),
            Option.integer("shm_size", "the size of `/dev/shm`; the engine's if not given")
                    .withRange(1, Long.MAX_VALUE),
            Option.strings(
                    "ports",
                    "ports of the VM that the engine's host opens, as `docker run --publish` has them:"
                            + " `127.0.0.1:25555:25555`. For hosts that do not reach the addresses of containers, such as"
                            + " Docker Desktop's"));

    private static final long MIB = 1 << 20;
    private static final double NANOS = 1e9;

    /** Refuses what no engine could take. */
    VmProperties {
        if (cpu.isPresent() && !(cpu.get() > 0 && cpu.get() < 10_000)) {
            throw CpiException.badRequest("cloud_properties.cpu is " + cpu.get() + ", but must be more than 0");
        }
        for (String directory : tmpfs.keySet()) {
            if (!directory.startsWith("/")) {
                throw CpiException.badRequest(
                        "cloud_properties.tmpfs has \"" + directory + "\", which is no absolute path");
            }
        }
    }

    static VmProperties of(PropertyTree properties) {
        VmProperties bound = properties.bind(VmProperties.class, OPTIONS);
        bound.portBindings();
        bound.capabilityList();
        bound.bindList();
        return bound;
    }

    /** Refuses what the operator of the CPI does not allow to cloud configs. */
    void check(boolean allowsPrivileged) {
        if (!allowsPrivileged) {
            refuse(privileged.orElse(false), "privileged");
            refuse(!capabilities.isEmpty(), "capabilities");
            refuse(!binds.isEmpty(), "binds");
        }
    }

    private static void refuse(boolean isAskedFor, String property) {
        if (isAskedFor) {
            throw CpiException.badRequest("cloud_properties." + property
                    + " is not allowed to cloud configs: whoever writes them would be root of the engine's host; the"
                    + " operator of the CPI can allow it with docker.allow_privileged: true");
        }
    }

    Optional<Long> nanoCpus() {
        return cpu.map(count -> Math.round(count * NANOS));
    }

    Optional<Long> memoryBytes() {
        return memory.map(mib -> mib * MIB);
    }

    Optional<Long> shmBytes() {
        return shmSize.map(mib -> mib * MIB);
    }

    List<PortBinding> portBindings() {
        List<PortBinding> bindings = new ArrayList<>();
        for (String port : ports) {
            try {
                bindings.add(PortBinding.parse(port));
            } catch (IllegalArgumentException e) {
                throw new CpiException(
                        ErrorType.CPI_ERROR,
                        "cloud_properties.ports has \"" + port + "\", which is no port such as 127.0.0.1:25555:25555",
                        e);
            }
        }
        return bindings;
    }

    List<Bind> bindList() {
        List<Bind> list = new ArrayList<>();
        for (String bind : binds) {
            String[] parts = bind.split(":", -1);
            boolean readOnly = parts.length == 3 && parts[2].equals("ro");
            if (!(parts.length == 2 || readOnly) || !parts[0].startsWith("/") || !parts[1].startsWith("/")) {
                throw CpiException.badRequest("cloud_properties.binds has \"" + bind
                        + "\", which is not /path/of/the/host:/path/of/the/vm, with :ro at the end or not");
            }
            list.add(new Bind(parts[0], new Volume(parts[1]), readOnly ? AccessMode.ro : AccessMode.rw));
        }
        return list;
    }

    List<Capability> capabilityList() {
        List<Capability> list = new ArrayList<>();
        for (String name : capabilities) {
            try {
                list.add(Capability.valueOf(name));
            } catch (IllegalArgumentException e) {
                throw new CpiException(
                        ErrorType.CPI_ERROR,
                        "cloud_properties.capabilities has \"" + name + "\", which is no capability such as NET_ADMIN",
                        e);
            }
        }
        return list;
    }
}
