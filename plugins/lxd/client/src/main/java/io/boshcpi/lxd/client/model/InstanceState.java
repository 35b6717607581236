package io.boshcpi.lxd.client.model;

import io.boshcpi.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an instance is doing right now.
 *
 * @param status as in {@link Instance#status()}
 * @param pid of its first process on the server, 0 or less if it does not run
 * @param processes how many it has
 * @param memoryBytes in use
 * @param cpuNanos of processor time spent since it started
 * @param interfaces of its network name space, by name; empty if it does not run
 */
public record InstanceState(
        String status,
        long pid,
        long processes,
        long memoryBytes,
        long cpuNanos,
        Map<String, NetworkInterface> interfaces) {

    /** Reads the server's JSON. */
    public static InstanceState of(Map<String, ?> json) {
        Fields fields = new Fields(json);
        Map<String, NetworkInterface> interfaces = new LinkedHashMap<>();
        for (Map.Entry<String, ?> entry : fields.members("network").entrySet()) {
            interfaces.put(entry.getKey(), NetworkInterface.of(Json.members(entry.getValue())));
        }
        return new InstanceState(
                fields.text("status"),
                fields.number("pid"),
                fields.number("processes"),
                fields.object("memory").number("usage"),
                fields.object("cpu").number("usage"),
                Collections.unmodifiableMap(interfaces));
    }

    /**
     * A network interface as the guest has it.
     *
     * @param mac its hardware address
     * @param hostName its other end on the server, if it has one
     * @param state {@code "up"} or {@code "down"}
     */
    public record NetworkInterface(String mac, String hostName, String state, List<Address> addresses) {
        static NetworkInterface of(Map<String, ?> json) {
            Fields fields = new Fields(json);
            List<Address> addresses = new ArrayList<>();
            for (Map<String, ?> address : fields.objects("addresses")) {
                addresses.add(Address.of(address));
            }
            return new NetworkInterface(
                    fields.text("hwaddr"),
                    fields.text("host_name"),
                    fields.text("state"),
                    Collections.unmodifiableList(addresses));
        }
    }

    /**
     * An IP address of an interface.
     *
     * @param family {@code "inet"} or {@code "inet6"}
     * @param prefix the length of the net mask
     * @param scope {@code "global"}, {@code "link"} or {@code "local"}
     */
    public record Address(String family, String address, String prefix, String scope) {
        static Address of(Map<String, ?> json) {
            Fields fields = new Fields(json);
            return new Address(
                    fields.text("family"), fields.text("address"), fields.text("netmask"), fields.text("scope"));
        }
    }
}
