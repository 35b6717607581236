package io.boshcpi.lxd.provider.server;

import io.boshcpi.spi.CpiException;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code lxd.allow} of the configuration: what the operator lets cloud configs use. {@link Policy} says what
 * holds for what is not given. In lists, a {@code *} at the end stands for any rest.
 *
 * @param everything whether what is not given here is allowed; if not given either, it is where the project is not
 *     restricted
 * @param rawLxc whether VMs may have {@code raw_lxc}
 * @param privileged whether VMs may be {@code privileged}
 * @param apparmorProfile whether VMs may have an {@code apparmor_profile}
 * @param kernelModules the modules that {@code kernel_modules} may name
 * @param config the keys that {@code config} of a VM may have besides harmless ones
 * @param devices the devices that VMs may have: {@code TYPE}, or {@code TYPE:WHAT} with what it is of the host
 * @param profiles the profiles that VMs may have besides the configured ones
 * @param networkConfig the keys that {@code config} of a network that BOSH makes may have besides harmless ones
 */
public record Allowances(
        Optional<Boolean> everything,
        Optional<Boolean> rawLxc,
        Optional<Boolean> privileged,
        Optional<Boolean> apparmorProfile,
        Optional<List<String>> kernelModules,
        Optional<List<String>> config,
        Optional<List<String>> devices,
        Optional<List<String>> profiles,
        Optional<List<String>> networkConfig) {

    /** Refuses patterns with a star in another place than the end, which would not mean what they seem to. */
    public Allowances {
        check("kernel_modules", kernelModules);
        check("config", config);
        check("devices", devices);
        check("profiles", profiles);
        check("network_config", networkConfig);
    }

    /** Nothing is said. */
    static Allowances none() {
        return new Allowances(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static void check(String key, Optional<List<String>> patterns) {
        for (String pattern : patterns.orElse(List.of())) {
            int star = pattern.indexOf('*');
            if (pattern.isEmpty() || (star >= 0 && star < pattern.length() - 1)) {
                throw CpiException.badRequest("lxd.allow." + key + " has \"" + pattern
                        + "\"; expected is a name, or the beginning of one with a * at its end");
            }
        }
    }
}
