package io.boshcpi.lxd.provider.vm;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Networks that share a NIC must not contradict each other, since a NIC connects to one place and has one value of each
 * property. What only one of them says holds for all.
 */
final class NicGroup {
    /** What a NIC connects to: one of these keys decides. */
    private static final String PARENT = "parent";

    private static final String NAME = "name";
    private static final String TYPE = "type";
    private static final String BRIDGE = "bridge";

    /**
     * What a network says.
     *
     * @param network the network's name
     * @param words where it says what, as a message tells it
     */
    private record Saying(String network, Object value, String words) {}

    private final Optional<String> defaultNetwork;
    private final Map<String, Saying> said = new LinkedHashMap<>();

    private NicGroup(Optional<String> defaultNetwork) {
        this.defaultNetwork = defaultNetwork;
    }

    /**
     * Refuses networks that contradict each other, by their names and the property that differs.
     *
     * @param defaultNetwork the network of subnets that name none
     */
    static void check(List<NetworkSpec> members, Optional<String> defaultNetwork) {
        for (NetworkSpec network : members) {
            checkPrefix(network);
        }
        if (members.size() > 1) {
            NicGroup group = new NicGroup(defaultNetwork);
            for (NetworkSpec network : members) {
                group.add(network);
            }
        }
    }

    private static void checkPrefix(NetworkSpec network) {
        if (network.delegatedPrefix().isPresent() && network.isDefaultFor("gateway")) {
            throw network.settings()
                    .wrong(
                            "prefix",
                            "is " + network.settings().string("prefix").orElse("")
                                    + ": such a network gives the VM no address, so it cannot be the default for gateway;"
                                    + " make one with an address the default");
        }
    }

    private void add(NetworkSpec network) {
        PropertyTree settings = network.settings();
        compare(
                network,
                "networks." + TYPE,
                isDynamic(network) ? "without an address" : "with an address",
                settings.pathOf(TYPE) + " is " + settings.string(TYPE).orElse("manual"));
        PropertyTree properties = network.properties();
        compare(network, TYPE, properties.string(TYPE).orElse(BRIDGE), words(properties, TYPE, BRIDGE));
        addPlace(network, properties);
        for (String key : properties.keys()) {
            if (!key.equals(TYPE) && !key.equals(NAME) && !key.equals(PARENT)) {
                Object value = properties.get(key).orElse("");
                compare(network, key, String.valueOf(value), words(properties, key, ""));
            }
        }
    }

    private void addPlace(NetworkSpec network, PropertyTree properties) {
        if (properties.has(PARENT)) {
            compare(network, NAME, PARENT + " " + properties.get(PARENT).orElse(""), words(properties, PARENT, ""));
        } else if (properties.has(NAME)) {
            compare(network, NAME, NAME + " " + properties.get(NAME).orElse(""), words(properties, NAME, ""));
        } else if (defaultNetwork.isPresent()
                && properties.string(TYPE).orElse(BRIDGE).equals(BRIDGE)) {
            compare(
                    network,
                    NAME,
                    NAME + " " + defaultNetwork.get(),
                    words(properties, NAME, defaultNetwork.get() + " (lxd.network)"));
        }
    }

    private void compare(NetworkSpec network, String key, Object value, String words) {
        Saying before = said.get(key);
        if (before == null) {
            said.put(key, new Saying(network.name(), value, words));
        } else if (!before.value.equals(value)) {
            throw CpiException.badRequest("The networks " + before.network + " and " + network.name()
                    + " share a NIC (nic_group " + network.nicGroup().orElse("") + "), but contradict each other: "
                    + before.words + ", " + words + "; make them the same, or take one out of the nic_group");
        }
    }

    private static String words(PropertyTree properties, String key, String otherwise) {
        return properties.pathOf(key) + " is "
                + (properties.has(key) ? String.valueOf(properties.get(key).orElse("")) : otherwise);
    }

    private static boolean isDynamic(NetworkSpec network) {
        return network.address().isEmpty() && network.delegatedPrefix().isEmpty();
    }
}
