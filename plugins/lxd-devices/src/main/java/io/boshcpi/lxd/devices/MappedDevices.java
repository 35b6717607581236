package io.boshcpi.lxd.devices;

import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.DeviceContributor;
import io.boshcpi.lxd.spi.DeviceRequest;
import io.boshcpi.lxd.spi.InstanceKind;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.PropertyTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pf4j.Extension;

/**
 * The cloud property {@code devices}: a map from a device's name to the device as the server's documentation
 * describes it.
 *
 * <p>What only the server can know (whether a GPU is there) it says itself; what every server would refuse is refused
 * here, by name, before anything is made.
 */
@Extension
public final class MappedDevices implements DeviceContributor {
    private static final String DEVICES = "devices";

    /** The guest's directory of persistent disks, which not all stemcells have; agents may enter it. */
    private static final String DISKS = "/warden-cpi-dev";

    /** The types of devices, and what each needs. NICs come from networks and are none of these. */
    private static final Map<String, Set<String>> REQUIRED = Map.ofEntries(
            Map.entry("disk", Set.of("path")),
            Map.entry("gpu", Set.of()),
            Map.entry("infiniband", Set.of("nictype", "parent")),
            Map.entry("none", Set.of()),
            Map.entry("pci", Set.of("address")),
            Map.entry("proxy", Set.of("connect", "listen")),
            Map.entry("tpm", Set.of()),
            Map.entry("unix-block", Set.of()),
            Map.entry("unix-char", Set.of()),
            Map.entry("unix-hotplug", Set.of()),
            Map.entry("usb", Set.of()));

    private static final Set<String> CONTAINERS_ONLY = Set.of("infiniband", "unix-block", "unix-char", "unix-hotplug");

    private static final Options OPTIONS = Options.of(Option.hash(
            DEVICES,
            "further devices: a hash from a device's name to the device as the server's documentation has it"));

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public String description() {
        StringBuilder table = new StringBuilder("""
                `devices` is a hash from a device's name to the device as the server's documentation describes it. `root`,
                `ephemeral`, `eth0`, `eth1`, … and names of disks are the CPI's own. `mode` may be written `"0660"`, `0660`
                or `660`.

                | `type` | Needs | VMs that can have it |
                | --- | --- | --- |
                """);
        for (Map.Entry<String, Set<String>> type : new TreeMap<>(REQUIRED).entrySet()) {
            table.append("| `").append(type.getKey()).append("` |");
            for (String key : new TreeSet<>(type.getValue())) {
                table.append(" `").append(key).append('`');
            }
            table.append(CONTAINERS_ONLY.contains(type.getKey()) ? " | containers |\n" : " | all |\n");
        }
        return table.toString().stripTrailing();
    }

    @Override
    public List<Device> devices(DeviceRequest request) {
        PropertyTree given = request.properties().section(DEVICES);
        List<Device> devices = new ArrayList<>();
        for (String name : given.keys()) {
            devices.add(device(request.kind(), name, given.section(name)));
        }
        return devices;
    }

    private static Device device(InstanceKind kind, String name, PropertyTree given) {
        String type = given.string("type").orElseThrow(() -> given.wrong("type", "is missing"));
        Set<String> required = REQUIRED.get(type);
        if (type.equals("nic")) {
            throw given.wrong("type", "cannot be nic: NICs come from the VM's networks");
        } else if (required == null) {
            throw given.wrong("type", "is not one of " + String.join(", ", new TreeMap<>(REQUIRED).keySet()));
        } else if (kind == InstanceKind.VIRTUAL_MACHINE && CONTAINERS_ONLY.contains(type)) {
            throw given.wrong("type", "is " + type + ", which only a container can have");
        }
        for (String key : required) {
            if (!given.has(key)) {
                throw given.wrong(key, "is missing; a device of type " + type + " needs it");
            }
        }
        Map<String, String> config = new TreeMap<>();
        for (String key : given.keys()) {
            config.put(key, key.equals("mode") ? mode(given) : given.string(key).orElseThrow());
        }
        return new Device(name, config, directories(config));
    }

    /** A proxy device creates its socket when the container starts, and fails if the directory is missing. */
    private static List<String> directories(Map<String, String> config) {
        boolean listensAmongDisks = config.getOrDefault("listen", "").startsWith("unix:" + DISKS + "/");
        return listensAmongDisks ? List.of(DISKS) : List.of();
    }

    /**
     * A file mode. YAML reads {@code 0660} as the octal number that it is, so a number that can be a mode is one;
     * {@code 660} without the zero cannot, and its digits are taken.
     */
    private static String mode(PropertyTree given) {
        if (given.get("mode").orElseThrow() instanceof String text) {
            return text;
        }
        long number = given.integer("mode").orElseThrow();
        String digits = number <= 0777 ? Long.toOctalString(number) : Long.toString(number);
        if (number < 0 || digits.length() > 3 || digits.chars().anyMatch(digit -> digit > '7')) {
            throw given.wrong("mode", "is not a file mode such as \"0660\"");
        }
        return "0".repeat(4 - digits.length()) + digits;
    }
}
