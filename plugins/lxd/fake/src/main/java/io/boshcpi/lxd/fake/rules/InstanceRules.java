package io.boshcpi.lxd.fake.rules;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.Sizes;
import io.boshcpi.lxd.fake.model.State;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What names, configuration and devices of instances may be, with the servers' words for what they may not. */
public final class InstanceRules {
    private static final Predicate<String> ALLOWED =
            Pattern.compile("[A-Za-z0-9-]+").asMatchPredicate();
    private static final Predicate<String> DEVICE_NAME =
            Pattern.compile("[A-Za-z0-9/_:.-]+").asMatchPredicate();
    private static final List<String> PREFIXES = List.of(
            "user.",
            "environment.",
            "image.",
            "volatile.",
            "limits.",
            "security.",
            "boot.",
            "raw.",
            "cluster.",
            "linux.",
            "migration.",
            "nvidia.",
            "snapshots.",
            "cloud-init.",
            "agent.",
            "oci.");
    private static final Set<String> BOOLEANS = Set.of(
            "boot.autostart",
            "security.nesting",
            "security.privileged",
            "security.secureboot",
            "migration.stateful",
            "security.idmap.isolated",
            "security.protection.delete");
    private static final Map<String, Set<String>> DEVICE_OPTIONS = Map.ofEntries(
            device("none", ""),
            device(
                    "disk",
                    "path source pool size size.state readonly recursive shift required optional"
                            + " propagation raw.mount.options limits.read limits.write limits.max boot.priority"
                            + " ceph.cluster_name ceph.user_name initial.uid initial.gid initial.mode io.cache"
                            + " io.bus"),
            device(
                    "nic",
                    "network nictype parent name hwaddr mtu host_name vlan vlan.tagged ipv4.address"
                            + " ipv6.address ipv4.routes ipv6.routes ipv4.routes.external ipv6.routes.external"
                            + " limits.ingress limits.egress limits.max limits.priority security.mac_filtering"
                            + " security.ipv4_filtering security.ipv6_filtering security.port_isolation"
                            + " security.acls security.acls.default.ingress.action"
                            + " security.acls.default.egress.action boot.priority queue.tx.length acceleration"
                            + " nested gvrp maas.subnet.ipv4 maas.subnet.ipv6"),
            device("proxy", "listen connect bind nat proxy_protocol uid gid mode security.uid security.gid"),
            device("gpu", "gputype vendorid productid id pci uid gid mode mdev mig.ci mig.gi mig.uuid"),
            device("usb", "vendorid productid busnum devnum serial uid gid mode required"),
            device("pci", "address"),
            device("tpm", "path pathrm"),
            device("infiniband", "nictype parent name hwaddr mtu"),
            device("unix-char", "source path major minor uid gid mode required"),
            device("unix-block", "source path major minor uid gid mode required"),
            device("unix-hotplug", "vendorid productid subsystem uid gid mode required"));

    /** Paths of the host are taken to be there, except below this one. */
    private static final String NO_SUCH_PATH = "/nonexistent";

    private final State state;

    public InstanceRules(State state) {
        this.state = state;
    }

    private static Map.Entry<String, Set<String>> device(String type, String options) {
        return Map.entry(type, Set.of(options.split(" ", -1)));
    }

    public void checkName(String name) {
        String reason = reasonAgainst(name);
        if (reason != null) {
            throw ApiError.badRequest("Invalid instance name: " + reason);
        }
    }

    private @Nullable String reasonAgainst(String name) {
        if (name.isEmpty() || name.length() > 63) {
            return "Name must be 1-63 characters long";
        }
        if (!ALLOWED.test(name)) {
            return "Name can only contain alphanumeric and hyphen characters";
        }
        if (name.startsWith("-")) {
            return "Name must not start with \"-\" character";
        }
        if (name.endsWith("-")) {
            return "Name must not end with \"-\" character";
        }
        if (Character.isDigit(name.charAt(0)) && !state.dialect.allowsLeadingDigit()) {
            return "Name must not start with a number";
        }
        return null;
    }

    public void checkConfig(Map<String, String> config) {
        config.forEach((key, value) -> {
            if (PREFIXES.stream().noneMatch(key::startsWith)) {
                throw ApiError.internal("Unknown configuration key: " + key);
            }
            if (key.equals(state.dialect.foreignGuestApiKey())) {
                throw ApiError.internal("Unknown configuration key: " + key);
            }
            if (key.equals("raw.lxc")) {
                checkRawLxc(value);
            }
            if (BOOLEANS.contains(key)
                    && !value.isEmpty()
                    && !Set.of("true", "false", "1", "0").contains(value)) {
                throw ApiError.internal("Invalid value for a boolean \"" + value + "\"");
            }
            if (key.equals("limits.memory") && !value.isEmpty() && !value.endsWith("%")) {
                Sizes.parse(value);
            }
        });
    }

    private static void checkRawLxc(String value) {
        for (String line : value.split("\n", -1)) {
            if (!line.isBlank() && !line.startsWith("#") && !line.contains("=")) {
                throw ApiError.internal("Invalid raw.lxc line: " + line);
            }
        }
    }

    private static void checkDeviceName(String name) {
        if (name.isEmpty() || name.length() > 63) {
            throw ApiError.internal("Name must be 1-63 characters long");
        }
        if (!DEVICE_NAME.test(name)) {
            throw ApiError.internal("Name can only contain alphanumeric, forward slash, hyphen, colon, underscore and"
                    + " full stop characters");
        }
    }

    public void checkDeviceTypes(Map<String, Map<String, String>> devices) {
        for (Map<String, String> device : devices.values()) {
            String type = device.getOrDefault("type", "");
            if (!DEVICE_OPTIONS.containsKey(type)) {
                throw state.dialect.unknownDeviceType(type);
            }
        }
    }

    /** What the devices are by themselves; then {@link #checkAdd} looks at what they refer to. */
    public void checkDevices(Instance instance) {
        Map<String, Map<String, String>> devices = instance.devices;
        devices.forEach((name, device) -> {
            try {
                checkDeviceName(name);
                checkOptions(device);
                checkNetwork(instance.project, name, device);
                checkPathIsOwn(name, device, devices);
            } catch (ApiError e) {
                throw e.prefixed("Invalid devices: Device validation failed for \"" + name + "\": ");
            }
        });
    }

    private static void checkOptions(Map<String, String> device) {
        Set<String> options = DEVICE_OPTIONS.getOrDefault(device.getOrDefault("type", ""), Set.of());
        for (String key : device.keySet()) {
            if (!key.equals("type") && !key.startsWith("user.") && !options.contains(key)) {
                throw ApiError.internal("Invalid device option \"" + key + "\"");
            }
        }
    }

    private static void checkPathIsOwn(
            String name, Map<String, String> device, Map<String, Map<String, String>> devices) {
        String path = device.get("path");
        devices.forEach((other, otherDevice) -> {
            boolean both = "disk".equals(device.get("type")) && "disk".equals(otherDevice.get("type"));
            if (both && path != null && other.compareTo(name) < 0 && path.equals(otherDevice.get("path"))) {
                throw ApiError.internal("More than one disk device uses the same path \"" + path + "\"");
            }
        });
    }

    private void checkNetwork(String project, String name, Map<String, String> device) {
        String networkName = device.get("network");
        if (!Nics.isNic(device) || networkName == null) {
            return;
        }
        String home = state.home(project, "networks");
        Model.Network network = state.network(project, networkName);
        if (network == null) {
            throw ApiError.notFound("Failed loading device \"" + name + "\": Failed to load network \"" + networkName
                    + "\" for project \"" + home + "\": Network not found");
        }
        String address = device.get("ipv4.address");
        String subnet = network.config.get("ipv4.address");
        if (address == null || address.equals("none") || subnet == null || !subnet.contains("/")) {
            return;
        }
        if (!Subnet.parse(subnet).contains(address)) {
            throw ApiError.internal(
                    "Device IP address \"" + address + "\" not within network \"" + networkName + "\" subnet");
        }
        if (subnet.startsWith(address + "/")) {
            throw ApiError.internal("IP address \"" + address + "\" is assigned to parent managed network device \"\"");
        }
    }

    public void checkRoot(Instance instance) {
        for (Map<String, String> device : instance.devices.values()) {
            if ("disk".equals(device.get("type")) && "/".equals(device.get("path")) && !device.containsKey("source")) {
                if (!state.pools.containsKey(device.getOrDefault("pool", ""))) {
                    throw ApiError.notFound("Failed loading storage pool: Storage pool not found");
                }
                return;
            }
        }
        throw ApiError.internal("Failed getting root disk: No root device could be found");
    }

    /** Refuses a disk whose volume or path is not there or does not fit; other devices pass. */
    public void checkAdd(Instance instance, String name) {
        Map<String, String> device = instance.devices.getOrDefault(name, Map.of());
        if (!"disk".equals(device.get("type"))) {
            return;
        }
        try {
            checkDisk(instance, name, device);
        } catch (ApiError e) {
            throw e.prefixed("Failed add validation for device \"" + name + "\": ");
        }
    }

    private void checkDisk(Instance instance, String name, Map<String, String> device) {
        String pool = device.get("pool");
        String source = device.get("source");
        if (source == null) {
            return;
        }
        if (pool == null) {
            if (source.startsWith(NO_SUCH_PATH)) {
                throw ApiError.internal("Missing source path \"" + source + "\" for disk \"" + name + "\"");
            }
            return;
        }
        if (!state.pools.containsKey(pool)) {
            throw ApiError.notFound("Failed to get storage pool \"" + pool + "\": Storage pool not found");
        }
        Model.Volume volume = state.pool(pool).volume(state.home(instance.project, "storage.volumes"), source);
        if (volume == null) {
            throw ApiError.notFound("Failed loading custom volume: Storage volume not found");
        }
        checkVolume(instance, volume, device.containsKey("path"));
    }

    private static void checkVolume(Instance instance, Model.Volume volume, boolean hasPath) {
        boolean block = volume.contentType.equals("block");
        if (block && instance.container) {
            throw ApiError.internal("Custom block volumes cannot be used on containers");
        }
        if (block && hasPath) {
            throw ApiError.internal("Custom block volumes cannot have a path defined");
        }
        if (!block && !hasPath) {
            throw ApiError.internal("Custom filesystem volumes require a path to be defined");
        }
    }
}
