package io.boshcpi.lxd.fake.rules;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.Sizes;
import io.boshcpi.lxd.fake.model.State;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What names, configuration and devices of instances may be, with the servers' words for what they may not. */
public final class InstanceRules {
    private static final Set<String> CONFIG = words("user environment image volatile limits security boot raw cluster"
            + " linux migration nvidia snapshots cloud-init agent oci");
    private static final Set<String> DEVICES =
            words("none disk nic proxy gpu usb pci tpm infiniband unix-char unix-block unix-hotplug");

    /** The options of disks and interfaces; those of other devices are not looked at. One with a dot begins many. */
    private static final Map<String, Set<String>> OPTIONS = Map.of(
            "disk", words("path source pool size size. readonly recursive shift required raw. limits. boot. io."),
            "nic",
                    words("network nictype parent name hwaddr mtu host_name vlan vlan. ipv4. ipv6. limits. security."
                            + " boot. queue. acceleration nested gvrp"));

    private final State state;

    public InstanceRules(State state) {
        this.state = state;
    }

    private static Set<String> words(String text) {
        return Set.of(text.split(" ", -1));
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
        if (!name.matches("[A-Za-z0-9-]+")) {
            return "Name can only contain alphanumeric and hyphen characters";
        }
        if (name.startsWith("-")) {
            return "Name must not start with \"-\" character";
        }
        if (name.endsWith("-")) {
            return "Name must not end with \"-\" character";
        }
        if (Character.isDigit(name.charAt(0)) && state.dialect == Dialect.LXD) {
            return "Name must not start with a number";
        }
        return null;
    }

    public void checkConfig(Map<String, String> config) {
        for (String key : config.keySet()) {
            if (!key.contains(".") || !CONFIG.contains(key.substring(0, key.indexOf('.')))) {
                throw ApiError.internal("Unknown configuration key: " + key);
            }
        }
        String memory = config.get("limits.memory");
        if (memory != null) {
            Sizes.parse(memory);
        }
    }

    public void checkDeviceTypes(Map<String, Map<String, String>> devices) {
        for (Map<String, String> device : devices.values()) {
            String type = device.getOrDefault("type", "");
            if (!DEVICES.contains(type)) {
                throw ApiError.internal("Invalid device type " + state.dialect.choose(type, "\"" + type + "\""));
            }
        }
    }

    /** What the devices are by themselves; then {@link #checkAdd} looks at what they refer to. */
    public void checkDevices(Instance instance) {
        instance.devices.forEach((name, device) ->
                ApiError.prefixed("Invalid devices: Device validation failed for \"" + name + "\": ", () -> {
                    checkOptions(device);
                    checkNetwork(instance.project, name, device);
                    checkPathIsOwn(name, device, instance.devices);
                }));
    }

    private static void checkOptions(Map<String, String> device) {
        Set<String> options = OPTIONS.get(device.getOrDefault("type", ""));
        for (String key : device.keySet()) {
            String group = key.substring(0, key.indexOf('.') + 1);
            boolean known = options == null || options.contains(key) || options.contains(group);
            if (!known && !key.equals("type") && !group.equals("user.")) {
                throw ApiError.internal("Invalid device option \"" + key + "\"");
            }
        }
    }

    private static void checkPathIsOwn(
            String name, Map<String, String> device, Map<String, Map<String, String>> devices) {
        String path = device.get("path");
        devices.forEach((other, otherDevice) -> {
            if (path != null && other.compareTo(name) < 0 && path.equals(otherDevice.get("path"))) {
                throw ApiError.internal("More than one disk device uses the same path \"" + path + "\"");
            }
        });
    }

    private void checkNetwork(String project, String name, Map<String, String> device) {
        String networkName = device.get("network");
        if (networkName == null) {
            return;
        }
        Model.Network network = state.network(project, networkName);
        if (network == null) {
            throw ApiError.notFound("Failed loading device \"" + name + "\": Failed to load network \"" + networkName
                    + "\" for project \"" + state.home(project, "networks") + "\": Network not found");
        }
        String address = device.get("ipv4.address");
        if (address != null && !Set.of("bridge", "ovn").contains(network.type())) {
            throw ApiError.internal("Invalid device option \"ipv4.address\"");
        }
        String subnet = network.config().getOrDefault("ipv4.address", "");
        if (address == null || !subnet.contains("/")) {
            return;
        }
        if (!isWithin(subnet, address)) {
            throw ApiError.internal(
                    "Device IP address \"" + address + "\" not within network \"" + networkName + "\" subnet");
        }
        if (subnet.startsWith(address + "/")) {
            throw ApiError.internal("IP address \"" + address + "\" is assigned to parent managed network device \"\"");
        }
    }

    private static boolean isWithin(String subnet, String address) {
        int slash = subnet.indexOf('/');
        int hostBits = 32 - Integer.parseInt(subnet.substring(slash + 1));
        return number(subnet.substring(0, slash)) >> hostBits == number(address) >> hostBits;
    }

    private static long number(String address) {
        return Arrays.stream(address.split("\\.", -1))
                .mapToLong(Long::parseLong)
                .reduce(0, (number, part) -> number << 8 | part);
    }

    public void checkRoot(Instance instance) {
        Map<String, String> root = instance.root();
        if (root.isEmpty()) {
            throw ApiError.internal("Failed getting root disk: No root device could be found");
        }
        ApiError.prefixed("Failed loading storage pool: ", () -> state.pool(root.getOrDefault("pool", "")));
    }

    /** Refuses a disk whose volume is not there, or on another member of the cluster; other devices pass, and so do paths of the host. */
    public void checkAdd(Instance instance, String name) {
        Map<String, String> device = instance.devices.getOrDefault(name, Map.of());
        String pool = device.get("pool");
        String source = device.get("source");
        if (pool != null && source != null) {
            ApiError.prefixed(
                    "Failed add validation for device \"" + name + "\": ", () -> checkVolume(instance, pool, source));
        }
    }

    private void checkVolume(Instance instance, String pool, String name) {
        ApiError.prefixed("Failed to get storage pool \"" + pool + "\": ", () -> state.pool(pool));
        String home = state.home(instance.project, "storage.volumes");
        Model.Volume volume = state.pool(pool).volumes().get(home, name);
        if (volume == null || !state.cluster.reaches(instance.location, volume.location())) {
            throw ApiError.notFound("Failed loading custom volume: Storage volume not found");
        }
    }
}
