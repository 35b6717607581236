package io.boshcpi.conformance.cloud;

import io.boshcpi.conformance.verdict.Ruling;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A network of the cloud with addresses that are the kit's to use. */
public final class Network {
    private static final Set<String> KEYS =
            Set.of("range", "gateway", "netmask", "dns", "addresses", "cloud_properties");

    private final String name;
    private final String gateway;
    private final String netmask;
    private final List<String> dns;
    private final Map<String, ?> properties;
    private final Deque<String> free;

    private Network(String name, Section section) {
        this.name = name;
        this.gateway = section.text("gateway").orElseThrow(() -> section.wrong("gateway", "there"));
        this.netmask = section.text("netmask").orElseGet(() -> netmask(section));
        this.dns = section.texts("dns");
        this.properties = section.hash("cloud_properties");
        this.free = new ArrayDeque<>(addresses(section));
    }

    static @Nullable Network of(Section settings, String name) {
        return settings.has(name) ? new Network(name, settings.section(name, KEYS)) : null;
    }

    private static String netmask(Section section) {
        String range = section.text("range").orElse("");
        int slash = range.indexOf('/');
        String bits = slash < 0 ? "" : range.substring(slash + 1);
        if (range.contains(":") || !bits.matches("[0-9]|[12][0-9]|3[0-2]")) {
            throw section.wrong("range", "a range of IPv4 such as 10.0.0.0/24, or netmask be given");
        }
        long mask = 0xffffffffL << (32 - Integer.parseInt(bits)) & 0xffffffffL;
        return (mask >> 24 & 255) + "." + (mask >> 16 & 255) + "." + (mask >> 8 & 255) + "." + (mask & 255);
    }

    /** Single addresses and ranges within the last number, such as {@code 10.0.0.20-10.0.0.40}. */
    private static List<String> addresses(Section section) {
        List<String> addresses = new ArrayList<>();
        for (String entry : section.texts("addresses")) {
            String[] ends = entry.split("-", -1);
            String prefix = ends[0].substring(0, ends[0].lastIndexOf('.') + 1);
            if (ends.length == 1) {
                addresses.add(entry);
            } else if (ends.length == 2 && !prefix.isEmpty() && ends[1].startsWith(prefix)) {
                int first = lastNumber(section, ends[0]);
                int last = lastNumber(section, ends[1]);
                for (int i = first; i <= last; i++) {
                    addresses.add(prefix + i);
                }
            } else {
                throw section.wrong("addresses", "a list of addresses and of ranges such as 10.0.0.20-10.0.0.40");
            }
        }
        if (addresses.isEmpty()) {
            throw section.wrong("addresses", "a list of addresses that nobody else uses");
        }
        return addresses;
    }

    private static int lastNumber(Section section, String address) {
        String number = address.substring(address.lastIndexOf('.') + 1);
        if (!number.matches("[0-9]{1,3}")) {
            throw section.wrong("addresses", "a list of addresses and of ranges such as 10.0.0.20-10.0.0.40");
        }
        return Integer.parseInt(number);
    }

    /** An address that no VM of the kit has. */
    synchronized String take() {
        String address = free.poll();
        if (address == null) {
            throw Ruling.notRun("the rule needs more addresses: extend " + name + ".addresses in the properties file");
        }
        return address;
    }

    synchronized void giveBack(String address) {
        free.addLast(address);
    }

    /** The settings of a manual network as the Director sends them; the CLI sends no {@code prefix}. */
    Map<String, Object> settings(String address, boolean director, boolean isDefault) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("type", "manual");
        settings.put("ip", address);
        if (director) {
            settings.put("prefix", address.contains(":") ? "128" : "32");
        }
        settings.put("netmask", netmask);
        settings.put("gateway", gateway);
        if (!dns.isEmpty()) {
            settings.put("dns", dns);
        }
        if (isDefault) {
            settings.put("default", List.of("dns", "gateway"));
        }
        settings.put("cloud_properties", properties);
        return settings;
    }
}
