package io.boshcpi.lxd.provider;

import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.model.Bytes;
import io.boshcpi.lxd.spi.InstanceKind;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.lxd.spi.ProjectRules;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.VmCid;
import io.boshcpi.spi.VmRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the request for one VM into a {@link VmPlan}. Pure: what it must know of the server is handed in.
 *
 * <p>The cloud properties are read once, at the beginning, so that a typing error is found before anything is asked of
 * the server.
 */
final class VmPlanner {
    /** Where BOSH jobs expect the ephemeral disk. */
    private static final String EPHEMERAL_DISK_PATH = "/var/vcap/data";

    /** Undoes what lxcfs lays over the host's uptime; runs after lxcfs' own hook at each start of the container. */
    private static final String UPTIME_REPAIR =
            "lxc.hook.mount = /bin/sh -c 'umount -l $LXC_ROOTFS_MOUNT/proc/uptime || true'";

    private final VmCid vm;
    private final VmRequest request;
    private final LxdConfig config;
    private final Contributors contributors;
    private final VmProperties properties;
    private final ContainerProperties container;
    private final List<Nic> nics;
    private final GuestNetwork network;

    VmPlanner(VmCid vm, VmRequest request, LxdConfig config, Contributors contributors) {
        this.vm = vm;
        this.request = request;
        this.config = config;
        this.contributors = contributors;
        this.properties = VmProperties.of(request.properties(), contributors.deviceProperties());
        this.container = ContainerProperties.of(request.properties());
        this.nics = Nic.of(vm, request.networks());
        this.network = new GuestNetwork(nics);
    }

    /**
     * What the server says that the plan depends on.
     *
     * @param image the stemcell's image
     * @param rules what the project allows
     * @param driver the driver of the pool of the ephemeral disk; present if there is one
     * @param profileNics the names of the NICs that profiles add
     * @param marks the marks of what is made
     */
    record Surroundings(
            StemcellOnServer image,
            ProjectRules rules,
            Optional<StorageDriver> driver,
            Set<String> profileNics,
            Function<String, Map<String, String>> marks) {
        Surroundings withTraits(StemcellTraits traits) {
            StemcellOnServer known = new StemcellOnServer(image.fingerprint(), image.kind(), traits, true);
            return new Surroundings(known, rules, driver, profileNics, marks);
        }
    }

    /**
     * The stemcell's image.
     *
     * @param traits what the stemcell needs
     * @param traitsAreKnown whether that was read from the stemcell; otherwise it is what stemcells usually need
     */
    record StemcellOnServer(String fingerprint, InstanceKind kind, StemcellTraits traits, boolean traitsAreKnown) {}

    /** The pool of the ephemeral disk, if there is to be one: its driver has to be known. */
    Optional<String> ephemeralPool() {
        return properties.ephemeralDisk().map(size -> pool());
    }

    /** The profiles that will be applied: their NICs have to be known. */
    List<String> profiles() {
        return properties.profiles().orElse(config.profiles());
    }

    VmPlan plan(Surroundings surroundings) {
        Optional<VolumePlan> ephemeralDisk = ephemeralDisk(surroundings);
        InstancePlan instance = new InstancePlan(
                vm.value(),
                surroundings.image().kind(),
                surroundings.image().fingerprint(),
                new InstancePlan.Placement(profiles(), properties.target()),
                instanceConfig(surroundings),
                devices(surroundings.image().kind(), ephemeralDisk));
        Map<String, Map<String, @Nullable Object>> networks = network.settings(request.networks());
        return new VmPlan(instance, ephemeralDisk, files(surroundings, networks), networks);
    }

    /** The lines of {@code raw.lxc}, which depend on what the stemcell needs. */
    String rawLxc(Surroundings surroundings) {
        List<String> lines = new ArrayList<>();
        if (surroundings.rules().lowLevelConfig()) {
            if (surroundings.image().traits().init() == StemcellTraits.Init.RUNIT) {
                lines.add("lxc.init.cmd = /usr/sbin/runsvdir-start");
                // runsvdir ignores LXC's usual signal; at this one it stops its services and ends.
                lines.add("lxc.signal.halt = SIGHUP");
            }
            lines.addAll(network.lxcLines(surroundings.profileNics()));
            if (config.repairsUptime()) {
                lines.add(UPTIME_REPAIR);
            }
        }
        lines.addAll(container.lxcLines());
        return String.join("\n", lines);
    }

    private Map<String, String> instanceConfig(Surroundings surroundings) {
        ProjectRules rules = surroundings.rules();
        Map<String, String> instance = new TreeMap<>(properties.config());
        instance.putAll(surroundings.marks().apply(Tags.KIND_VM));
        instance.put(Tags.AGENT, request.agent().agentId().value());
        instance.putAll(Tags.ofMetadata(request.agent().tags()));
        properties.cpuLimit().ifPresent(limit -> instance.put("limits.cpu", limit));
        properties.memoryLimit().ifPresent(limit -> instance.put("limits.memory", limit));
        if (surroundings.image().kind() == InstanceKind.CONTAINER) {
            container.check(rules);
            instance.putAll(container.config(rules));
            String rawLxc = rawLxc(surroundings);
            if (!rawLxc.isEmpty()) {
                instance.put("raw.lxc", rawLxc);
            }
        }
        return instance;
    }

    private Map<String, Map<String, String>> devices(InstanceKind kind, Optional<VolumePlan> ephemeralDisk) {
        Map<String, Map<String, String>> devices = new TreeMap<>();
        Map<String, String> root = new TreeMap<>(Map.of("type", "disk", "path", "/", "pool", pool()));
        properties.rootDisk().ifPresent(mib -> root.put("size", mib + "MiB"));
        devices.put("root", root);
        for (Nic nic : nics) {
            Map<String, String> device =
                    new TreeMap<>(contributors.nic(new NicRequest(kind, nic.name(), nic.networks(), config.network())));
            device.put("name", nic.name());
            device.put("hwaddr", nic.mac());
            devices.put(nic.name(), device);
        }
        ephemeralDisk.ifPresent(volume -> devices.put(
                "ephemeral",
                Map.of("type", "disk", "pool", volume.pool(), "source", volume.name(), "path", EPHEMERAL_DISK_PATH)));
        contributors.devices(kind, request.properties()).forEach((name, device) -> {
            if (devices.putIfAbsent(name, device) != null) {
                throw CpiException.badRequest("cloud_properties.devices." + name + " (or a plugin's device)"
                        + " has the name of a device that the CPI makes itself; choose another");
            }
        });
        return devices;
    }

    private Optional<VolumePlan> ephemeralDisk(Surroundings surroundings) {
        return properties.ephemeralDisk().map(mib -> {
            StorageDriver driver = surroundings.driver().orElseThrow();
            Map<String, String> volume = new TreeMap<>(driver.volumeConfig(
                    new VolumeRequest(mib, VolumeRequest.Content.FILESYSTEM, PropertyTree.empty("cloud_properties"))));
            volume.putAll(surroundings.marks().apply(Tags.KIND_EPHEMERAL_DISK));
            volume.put(Tags.VM, vm.value());
            return new VolumePlan(pool(), ephemeralDiskName(vm), VolumeRequest.Content.FILESYSTEM, volume);
        });
    }

    private List<InitialFile> files(Surroundings surroundings, Map<String, Map<String, @Nullable Object>> networks) {
        StemcellTraits traits = surroundings.image().traits();
        Map<String, @Nullable Object> settings = request.agent().document(vm, networks, Optional.empty());
        List<InitialFile> files = new ArrayList<>();
        files.add(new InitialFile.Plain(traits.settingsPath(), 0600, Bytes.of(Json.writeBytes(settings))));
        if (traits.bindsDisks()) {
            files.addAll(DiskTools.files(traits.init()));
        }
        if (listensAmongDisks(surroundings.image().kind())) {
            files.add(new InitialFile.Directory(VmDevices.DISKS.substring(0, VmDevices.DISKS.length() - 1)));
        }
        files.addAll(network.files(traits.init(), surroundings.rules().lowLevelConfig()));
        return files;
    }

    /** Whether a proxy device makes its socket in the directory of the disks, which must be there before the start. */
    private boolean listensAmongDisks(InstanceKind kind) {
        for (Map<String, String> device :
                contributors.devices(kind, request.properties()).values()) {
            if (device.getOrDefault("listen", "").startsWith("unix:" + VmDevices.DISKS)) {
                return true;
            }
        }
        return false;
    }

    /** The name of the volume of a VM's ephemeral disk. */
    static String ephemeralDiskName(VmCid vm) {
        return vm.value() + "-ephemeral";
    }

    private String pool() {
        return properties.storagePool().orElse(config.storagePoolName());
    }
}
