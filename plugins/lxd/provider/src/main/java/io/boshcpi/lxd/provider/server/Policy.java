package io.boshcpi.lxd.provider.server;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.PropertyTree;
import java.util.List;
import java.util.Optional;

/**
 * What cloud configs may use of what reaches the host: the operator's {@code lxd.allow} ({@link Allowances}), and for what
 * that does not say, nothing in a restricted project and everything elsewhere. There, whoever writes cloud configs can be
 * root of the host; in a restricted project the server's own restrictions do not prevent it, since the CPI needs
 * {@code raw.lxc} itself.
 *
 * <p>It is about cloud properties. The lines and devices that the CPI adds are not subject to it, nor is what further
 * plugins make of cloud properties of their own: an operator installed them.
 *
 * <p>The lines of {@code raw.lxc} that a server writes are not escaped by all servers. So where there are rules, no line
 * break passes in what may end up there.
 */
public final class Policy {
    private static final List<String> HARMLESS_CONFIG = List.of("boot.*", "limits.*", "user.*");
    private static final List<String> HARMLESS_NETWORK_CONFIG = List.of(
            "bridge.hwaddr",
            "bridge.mtu",
            "dns.domain",
            "dns.mode",
            "dns.search",
            "ipv4.dhcp*",
            "ipv4.nat",
            "ipv6.address",
            "ipv6.dhcp*",
            "ipv6.nat",
            "user.*");
    private static final List<String> HARMLESS_DEVICES = List.of("none");

    /** The values of these keys may have several lines; none of them is harmless or becomes a line of LXC's. */
    private static final List<String> MULTILINE_CONFIG = List.of("cloud-init.*", "raw.*", "security.*", "user.*");

    private final Allowances allowed;
    private final List<String> ownProfiles;
    private final boolean everything;
    private final String origin;

    private Policy(Allowances allowed, List<String> ownProfiles, boolean restricted) {
        this.allowed = allowed;
        this.ownProfiles = ownProfiles;
        this.everything = allowed.everything().orElse(!restricted);
        String reason = allowed.everything().isPresent()
                ? "because lxd.allow.everything is " + everything
                : "because the project is " + (restricted ? "restricted" : "not restricted");
        this.origin = (everything ? "open, " : "strict, ") + reason;
    }

    /**
     * The policy for a project.
     *
     * @param restricted whether the project is restricted
     */
    public static Policy of(LxdConfig config, boolean restricted) {
        return new Policy(config.allow().orElse(Allowances.none()), config.profiles(), restricted);
    }

    /** Refuses what the cloud properties of a VM must not have. */
    public void checkVm(PropertyTree properties) {
        if (properties.has("raw_lxc")) {
            check(allowed.rawLxc(), properties, "raw_lxc");
        }
        if (properties.bool("privileged").orElse(false)) {
            check(allowed.privileged(), properties, "privileged");
        }
        if (properties.has("apparmor_profile")) {
            check(allowed.apparmorProfile(), properties, "apparmor_profile");
        }
        for (String module : properties.strings("kernel_modules")) {
            check(allowed.kernelModules(), List.of(), module, properties, "kernel_modules");
        }
        for (String profile : properties.strings("profiles")) {
            check(allowed.profiles(), ownProfiles, profile, properties, "profiles");
        }
        checkConfig(allowed.config(), HARMLESS_CONFIG, "config", properties.section("config"));
        PropertyTree devices = properties.section("devices");
        for (String name : devices.keys()) {
            checkDevice(devices, name);
        }
    }

    /** Refuses what the cloud properties of a VM's network must not have: an interface of the host, if need be. */
    public void checkNic(PropertyTree properties) {
        Optional<String> parent = properties.string("parent");
        if (parent.isPresent()) {
            String device = "nic:" + parent.get();
            if (!allows(allowed.devices(), List.of(), "nic") && !allows(allowed.devices(), List.of(), device)) {
                throw refused(properties, "parent", "", "devices", "[\"" + device + "\"]");
            }
        }
    }

    /** Refuses what the cloud properties of a network that BOSH makes must not have. */
    public void checkNetwork(PropertyTree properties) {
        checkConfig(allowed.networkConfig(), HARMLESS_NETWORK_CONFIG, "network_config", properties.section("config"));
    }

    /** What is in force and why, for an operator. */
    public String describe() {
        String text = origin + ": ";
        if (everything && isEverythingElseUnsaid()) {
            return text + "cloud configs may use all cloud properties";
        }
        return text + "raw_lxc " + word(allowed.rawLxc()) + "; privileged " + word(allowed.privileged())
                + "; apparmor_profile " + word(allowed.apparmorProfile())
                + "; kernel_modules " + words(allowed.kernelModules(), List.of())
                + "; config " + words(allowed.config(), HARMLESS_CONFIG)
                + "; devices " + words(allowed.devices(), List.of("volumes"))
                + "; profiles " + words(allowed.profiles(), ownProfiles)
                + "; network_config " + words(allowed.networkConfig(), HARMLESS_NETWORK_CONFIG);
    }

    private boolean isEverythingElseUnsaid() {
        return allowed.rawLxc().isEmpty()
                && allowed.privileged().isEmpty()
                && allowed.apparmorProfile().isEmpty()
                && allowed.kernelModules().isEmpty()
                && allowed.config().isEmpty()
                && allowed.devices().isEmpty()
                && allowed.profiles().isEmpty()
                && allowed.networkConfig().isEmpty();
    }

    private String word(Optional<Boolean> allowance) {
        return allowance.orElse(everything) ? "yes" : "no";
    }

    private String words(Optional<List<String>> patterns, List<String> harmless) {
        if (patterns.isEmpty() && everything) {
            return "all";
        }
        String always = String.join(" ", harmless);
        String added = String.join(" ", patterns.orElse(List.of()));
        String both = (always + " " + added).strip();
        return both.isEmpty() ? "none" : both;
    }

    private void checkConfig(
            Optional<List<String>> patterns, List<String> harmless, String allowance, PropertyTree config) {
        for (String key : config.keys()) {
            if (!allows(patterns, harmless, key)) {
                throw refused(config, key, "", allowance, "[\"" + key + "\"]");
            }
            boolean multiline = matches(MULTILINE_CONFIG, key);
            if (!isOpen(patterns) && (hasControl(key) || (!multiline && hasControl(text(config, key))))) {
                throw config.wrong(key, "has a line break or another control character");
            }
        }
    }

    /** Volumes of the project's pools are no matter of the host. */
    private void checkDevice(PropertyTree devices, String name) {
        PropertyTree device = devices.section(name);
        String type = text(device, "type");
        String what = what(type, device);
        String withWhat = type + ":" + what;
        boolean known = isVolume(type, device)
                || allows(allowed.devices(), HARMLESS_DEVICES, type)
                || (!what.isEmpty() && !what.contains("..") && allows(allowed.devices(), List.of(), withWhat));
        if (!known) {
            throw refused(
                    devices,
                    name,
                    "with " + (what.isEmpty() ? type : withWhat) + " ",
                    "devices",
                    "[\"" + (what.isEmpty() ? type : withWhat) + "\"]");
        }
        for (String key : device.keys()) {
            if (!isOpen(allowed.devices()) && (hasControl(key) || hasControl(text(device, key)))) {
                throw device.wrong(key, "has a line break or another control character");
            }
        }
    }

    private static boolean isVolume(String type, PropertyTree device) {
        return type.equals("disk")
                && device.has("pool")
                && !text(device, "source").startsWith("/")
                && !device.has("raw.mount.options");
    }

    /** What of the host a device opens: a path, a number of a device file, a socket; empty if the type says it all. */
    private static String what(String type, PropertyTree device) {
        if (type.equals("disk")) {
            return text(device, "source");
        } else if (type.equals("unix-char") || type.equals("unix-block")) {
            boolean numbered = device.has("major") || device.has("minor"); // they count, whatever the path
            return numbered
                    ? text(device, "major") + ":" + text(device, "minor")
                    : text(device, device.has("source") ? "source" : "path");
        } else if (type.equals("proxy")) {
            String bind = text(device, "bind");
            return text(device, bind.isEmpty() || bind.equals("host") ? "listen" : "connect");
        }
        return "";
    }

    private void check(Optional<Boolean> allowance, PropertyTree properties, String key) {
        if (!allowance.orElse(everything)) {
            throw refused(properties, key, "", key, "true");
        }
    }

    private void check(
            Optional<List<String>> patterns, List<String> harmless, String value, PropertyTree properties, String key) {
        if (!allows(patterns, harmless, value)) {
            throw refused(properties, key, "with " + value + " ", key, "[\"" + value + "\"]");
        }
    }

    private boolean allows(Optional<List<String>> patterns, List<String> harmless, String value) {
        return isOpen(patterns) || matches(harmless, value) || matches(patterns.orElse(List.of()), value);
    }

    private boolean isOpen(Optional<List<String>> patterns) {
        return patterns.isEmpty() && everything;
    }

    private CpiException refused(
            PropertyTree properties, String key, String value, String allowance, String allowedValue) {
        String reason = everything ? "lxd.allow does not have it" : origin;
        return properties.wrong(
                key,
                value + "is not allowed to cloud configs (" + reason
                        + "); the operator of the CPI can allow it with lxd.allow." + allowance + ": " + allowedValue);
    }

    private static boolean matches(List<String> patterns, String value) {
        for (String pattern : patterns) {
            int last = pattern.length() - 1;
            boolean fits =
                    pattern.charAt(last) == '*' ? value.startsWith(pattern.substring(0, last)) : value.equals(pattern);
            if (fits) {
                return true;
            }
        }
        return false;
    }

    private static String text(PropertyTree tree, String key) {
        return tree.string(key).orElse("");
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
