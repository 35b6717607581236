package io.boshcpi.lxd.provider.vm;

import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.model.Bytes;
import io.boshcpi.lxd.provider.disk.VolumePlan;
import io.boshcpi.lxd.provider.image.BootMode;
import io.boshcpi.lxd.provider.image.ConfigDrive;
import io.boshcpi.lxd.provider.server.Contributors;
import io.boshcpi.lxd.provider.server.LxdConfig;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.InstanceKind;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.lxd.spi.PluginContext;
import io.boshcpi.lxd.spi.ProjectRules;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskHint;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.VmCid;
import io.boshcpi.spi.VmRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns the request for one VM into a {@link VmPlan}. Pure: what the server says comes in as {@link PlanInputs}.
 *
 * <p>The constructor reads all cloud properties, so that a typing error is reported before the first request to the
 * server.
 */
final class VmPlanner {
    /** Undoes what lxcfs mounts over the host's uptime; runs after lxcfs' own hook at each start of the container. */
    private static final String UPTIME_REPAIR =
            "lxc.hook.mount = /bin/sh -c 'umount -l $LXC_ROOTFS_MOUNT/proc/uptime || true'";

    private final VmCid vm;
    private final VmRequest request;
    private final LxdConfig config;
    private final Contributors contributors;
    private final VmProperties properties;
    private final ContainerProperties container;
    private final MachineProperties machine;
    private final List<Nic> nics;
    private final GuestNetwork network;

    VmPlanner(VmCid vm, VmRequest request, LxdConfig config, Contributors contributors) {
        this.vm = vm;
        this.request = request;
        this.config = config;
        this.contributors = contributors;
        this.properties = VmProperties.of(request.properties(), contributors);
        this.container = ContainerProperties.of(request.properties());
        this.machine = MachineProperties.of(request.properties());
        this.nics = Nic.of(vm, request.networks(), config.network());
        this.network = new GuestNetwork(nics);
    }

    boolean hasEphemeralDisk() {
        return properties.ephemeralDisk().isPresent();
    }

    /** The pool of the root disk and of the ephemeral disk. */
    String pool() {
        return properties.storagePool().orElse(config.storagePoolName());
    }

    /** The cluster member or group to place the VM on, if the operator wants a certain one. */
    Optional<String> target() {
        return properties.target();
    }

    /** The profiles to apply. */
    List<String> profiles() {
        return properties.profiles().orElse(config.profiles());
    }

    VmPlan plan(PlanInputs inputs) {
        check(inputs);
        InstanceKind kind = inputs.stemcell().kind();
        Map<String, String> instanceConfig = instanceConfig(inputs);
        Optional<VolumePlan> ephemeralDisk = ephemeralDisk(inputs);
        Map<String, Map<String, @Nullable Object>> networks =
                network.settings(request.networks(), kind == InstanceKind.CONTAINER);
        Optional<ConfigDriveVolume> configDrive = configDrive(inputs, networks);
        Map<String, Device> contributed = contributors.devices(kind, request.properties());
        InstancePlan instance = new InstancePlan(
                vm.value(),
                new InstancePlan.Image(kind, inputs.stemcell().fingerprint()),
                new InstancePlan.Placement(profiles(), inputs.place().target()),
                instanceConfig,
                devices(kind, inputs.driver(), ephemeralDisk, configDrive, contributed));
        Optional<GuestInputs> guest = kind == InstanceKind.VIRTUAL_MACHINE
                ? Optional.empty()
                : Optional.of(new GuestInputs(
                        agentSettings(networks, Optional.empty()),
                        directories(contributed),
                        network,
                        allowsLxcLines(inputs)));
        return new VmPlan(instance, lxcLines(inputs), ephemeralDisk, configDrive, guest, networks);
    }

    /** Refuses what the project or the operator forbids. */
    private void check(PlanInputs inputs) {
        if (isContainer(inputs)) {
            refuse(MachineProperties.OPTIONS, "a virtual machine", "a container");
            container.check(inputs.rules());
        } else {
            refuse(ContainerProperties.OPTIONS, "a container", "a virtual machine");
        }
        inputs.policy().checkVm(request.properties());
        for (NetworkSpec spec : request.networks()) {
            inputs.policy().checkNic(spec.properties());
        }
    }

    /** Refuses properties of the other kind of VM. */
    private void refuse(Options options, String owner, String kind) {
        for (String name : options.names()) {
            if (request.properties().has(name)) {
                throw request.properties()
                        .wrong(name, "is for " + owner + "; the stemcell " + request.stemcell() + " makes " + kind);
            }
        }
    }

    private Map<String, String> instanceConfig(PlanInputs inputs) {
        ProjectRules rules = inputs.rules();
        Map<String, String> instance = new TreeMap<>(properties.config());
        instance.putAll(Marks.of(Marks.KIND_VM, inputs.origin()));
        instance.put(Marks.AGENT, request.agent().agentId().value());
        instance.putAll(Marks.ofMetadata(request.agent().tags()));
        putIfPresent(instance, "limits.cpu", properties.cpuLimit());
        putIfPresent(instance, "limits.memory", properties.memoryLimit());
        if (isContainer(inputs)) {
            instance.putAll(container.config(rules));
        } else {
            MachineInputs server = inputs.machine().orElseThrow();
            BootMode bootMode = machine.bootMode(inputs.stemcell().bootMode());
            server.firmware().refuseUnlessBoots(bootMode);
            instance.putAll(
                    server.firmware().config(bootMode, machine.secureBoot().orElse(false)));
        }
        return instance;
    }

    private List<String> lxcLines(PlanInputs inputs) {
        List<String> lines = new ArrayList<>();
        if (allowsLxcLines(inputs)) {
            lines.addAll(network.lxcLines(inputs.profileNics()));
            if (config.repairsUptime()) {
                lines.add(UPTIME_REPAIR);
            }
        }
        if (isContainer(inputs)) {
            lines.addAll(container.lxcLines());
        }
        return lines;
    }

    private static boolean allowsLxcLines(PlanInputs inputs) {
        return isContainer(inputs) && inputs.rules().lowLevelConfig();
    }

    private static boolean isContainer(PlanInputs inputs) {
        return inputs.stemcell().kind() == InstanceKind.CONTAINER;
    }

    private Map<String, Map<String, String>> devices(
            InstanceKind kind,
            Optional<StorageDriver> driver,
            Optional<VolumePlan> ephemeralDisk,
            Optional<ConfigDriveVolume> configDrive,
            Map<String, Device> contributed) {
        Map<String, Map<String, String>> devices = new TreeMap<>();
        devices.put("root", rootDisk(kind, driver));
        Map<String, Nic> bridges = new TreeMap<>();
        for (Nic nic : nics) {
            Map<String, String> device = nicDevice(kind, nic);
            refuseSecondNic(bridges, nic, device);
            devices.put(nic.name(), device);
        }
        if (ephemeralDisk.isPresent()) {
            devices.put(EphemeralDisk.DEVICE, EphemeralDisk.device(ephemeralDisk.get()));
        }
        if (configDrive.isPresent()) {
            devices.put(ConfigDriveVolume.DEVICE, configDrive.get().device());
        }
        for (Device device : contributed.values()) {
            if (devices.putIfAbsent(device.name(), device.config()) != null) {
                throw CpiException.badRequest("cloud_properties.devices." + device.name() + " (or a plugin's device)"
                        + " has the name of a device that the CPI makes itself; choose another");
            }
        }
        return devices;
    }

    private Map<String, String> rootDisk(InstanceKind kind, Optional<StorageDriver> driver) {
        Map<String, String> root = new TreeMap<>(Map.of("type", "disk", "path", "/", "pool", pool()));
        VolumeRequest wanted = own(properties.rootDisk().orElse(0), content(kind), VolumeRequest.Purpose.ROOT);
        Map<String, String> config = driver.isPresent() ? driver.get().volumeConfig(wanted) : wanted.config();
        putIfPresent(root, "size", Optional.ofNullable(config.get("size")));
        return root;
    }

    /** A request for a volume of the VM's own, for which cloud properties have no options. */
    private static VolumeRequest own(long sizeMib, VolumeRequest.Content content, VolumeRequest.Purpose purpose) {
        return new VolumeRequest(
                sizeMib, content, PropertyTree.empty("cloud_properties"), purpose, PluginContext.empty());
    }

    private static VolumeRequest.Content content(InstanceKind kind) {
        return kind == InstanceKind.CONTAINER ? VolumeRequest.Content.FILESYSTEM : VolumeRequest.Content.BLOCK;
    }

    private Map<String, String> nicDevice(InstanceKind kind, Nic nic) {
        Map<String, String> device =
                new TreeMap<>(contributors.nic(new NicRequest(kind, nic.name(), nic.networks(), config.network())));
        device.put("name", nic.name());
        device.put("hwaddr", nic.mac());
        checkRoutes(nic, device);
        return device;
    }

    /** The server notices two NICs of an instance on one of its networks only when the instance starts. */
    private static void refuseSecondNic(Map<String, Nic> bridges, Nic nic, Map<String, String> device) {
        String bridge = device.get("network");
        Nic other = bridge == null ? null : bridges.putIfAbsent(bridge, nic);
        if (other != null) {
            throw CpiException.badRequest("The VM's networks " + other.networkNames() + " and " + nic.networkNames()
                    + " are both on the server's network " + bridge
                    + ", which takes one NIC of a VM; give them the same"
                    + " nic_group, so that they share one");
        }
    }

    /** A plugin that knows nothing of prefixes would leave them out. */
    private static void checkRoutes(Nic nic, Map<String, String> device) {
        for (NetworkSpec network : nic.networks()) {
            if (network.delegatedPrefix().isPresent()) {
                String prefix = network.delegatedPrefix().get();
                String routes = device.getOrDefault(prefix.indexOf(':') >= 0 ? "ipv6.routes" : "ipv4.routes", "");
                if (!List.of(routes.split(",", -1)).contains(prefix)) {
                    throw network.settings()
                            .wrong(
                                    "prefix",
                                    "is " + network.settings().string("prefix").orElse("")
                                            + ", but no prefix can be routed to a NIC of this type of network"
                                            + " (cloud_properties.type); bridge and ovn can");
                }
            }
        }
    }

    private Optional<VolumePlan> ephemeralDisk(PlanInputs inputs) {
        Optional<Integer> size = properties.ephemeralDisk();
        if (size.isEmpty()) {
            return Optional.empty();
        }
        VolumeRequest wanted = own(size.get(), content(inputs.stemcell().kind()), VolumeRequest.Purpose.EPHEMERAL);
        return Optional.of(
                EphemeralDisk.plan(vm, pool(), wanted, inputs.driver().orElseThrow(), inputs.origin()));
    }

    private Optional<ConfigDriveVolume> configDrive(
            PlanInputs inputs, Map<String, Map<String, @Nullable Object>> networks) {
        if (inputs.machine().isEmpty()) {
            return Optional.empty();
        }
        MachineInputs server = inputs.machine().get();
        Optional<DiskHint> ephemeral =
                hasEphemeralDisk() ? Optional.of(new DiskHint(server.ephemeralDisk())) : Optional.empty();
        Map<String, String> config = new TreeMap<>(Marks.of(Marks.KIND_CONFIG_DRIVE, inputs.origin()));
        config.put(Marks.VM, vm.value());
        VolumePlan volume =
                new VolumePlan(pool(), ConfigDriveVolume.nameFor(vm.value()), VolumeRequest.Content.BLOCK, config);
        byte[] drive = ConfigDrive.with(agentSettings(networks, ephemeral).toArray());
        return Optional.of(new ConfigDriveVolume(volume, Bytes.of(drive)));
    }

    private Bytes agentSettings(Map<String, Map<String, @Nullable Object>> networks, Optional<DiskHint> ephemeralDisk) {
        return Bytes.of(Json.writeBytes(request.agent().document(vm, networks, ephemeralDisk)));
    }

    /** The directories that devices need in the guest, each once. */
    private static List<String> directories(Map<String, Device> devices) {
        TreeSet<String> directories = new TreeSet<>();
        for (Device device : devices.values()) {
            directories.addAll(device.directories());
        }
        return List.copyOf(directories);
    }

    private static void putIfPresent(Map<String, String> map, String key, Optional<String> value) {
        if (value.isPresent()) {
            map.put(key, value.get());
        }
    }
}
