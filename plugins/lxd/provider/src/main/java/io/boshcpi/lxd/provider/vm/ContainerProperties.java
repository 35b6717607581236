package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.spi.ProjectRules;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.PropertyTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The cloud properties that say how far a container is fenced in. {@link #OPTIONS} says what they mean. Virtual machines
 * have no use for them and ignore them.
 *
 * <p>What the project forbids is refused by the name of the property, rather than left out: such a workload would only fail
 * later, and less clearly. So is what the server would take and then fail to start with, without saying why.
 */
public record ContainerProperties(
        Optional<Boolean> nesting,
        Optional<Boolean> privileged,
        Optional<String> apparmorProfile,
        List<String> mountAuto,
        List<String> kernelModules,
        Optional<String> rawLxc) {

    /** What an operator can write. */
    public static final Options OPTIONS = Options.of(
            Option.bool(
                    "nesting", "whether containers can run inside; `true` if not given, unless the project forbids it"),
            Option.bool(
                    "privileged",
                    "makes the container privileged: root in it is root on the host; `false` if not given"),
            Option.string(
                    "apparmor_profile",
                    "the AppArmor profile to run under, such as `unconfined`; the server makes one if not given"),
            Option.strings(
                            "mount_auto",
                            "how `/proc`, `/sys` and the cgroups are mounted, in the words of `lxc.mount.auto`. Without"
                                    + " `:force` the container's init has to mount the cgroups itself, which runit does not")
                    .withAllowed(
                            "cgroup:mixed",
                            "cgroup:mixed:force",
                            "cgroup:ro",
                            "cgroup:ro:force",
                            "cgroup:rw",
                            "cgroup:rw:force",
                            "proc:mixed",
                            "proc:rw",
                            "sys:mixed",
                            "sys:ro",
                            "sys:rw"),
            Option.strings(
                    "kernel_modules",
                    "modules that the server loads on the host before the container starts; it fails to start if the host"
                            + " does not have one of them"),
            Option.string("raw_lxc", "lines that are added to `raw.lxc`, where later lines override earlier ones"));

    /** Refuses names that are not one word. */
    public ContainerProperties {
        if (apparmorProfile.isPresent() && !isWord(apparmorProfile.get())) {
            throw wrong("apparmor_profile", apparmorProfile.get(), "is not the name of a profile");
        }
        for (String module : kernelModules) {
            if (!isWord(module) || module.startsWith("-") || module.indexOf(',') >= 0) {
                throw wrong("kernel_modules", module, "is not the name of a module");
            }
        }
    }

    static ContainerProperties of(PropertyTree properties) {
        return properties.only(OPTIONS.names()).bind(ContainerProperties.class, OPTIONS);
    }

    /** Refuses what the project does not allow. */
    void check(ProjectRules rules) {
        if (!rules.nesting()) {
            refuse("nesting", nesting.orElse(false), rules, "nesting");
        }
        if (!rules.privileged()) {
            refuse("privileged", privileged.orElse(false), rules, "privilege");
        }
        if (!rules.lowLevelConfig()) {
            refuse("apparmor_profile", apparmorProfile.isPresent(), rules, "lowlevel");
            refuse("mount_auto", !mountAuto.isEmpty(), rules, "lowlevel");
            refuse("kernel_modules", !kernelModules.isEmpty(), rules, "lowlevel");
            refuse("raw_lxc", rawLxc.isPresent(), rules, "lowlevel");
        }
    }

    /** The instance's configuration, without {@code raw.lxc}. */
    Map<String, String> config(ProjectRules rules) {
        Map<String, String> config = new TreeMap<>();
        if (nesting.orElse(rules.nesting())) {
            config.put("security.nesting", "true");
        }
        if (privileged.orElse(false)) {
            config.put("security.privileged", "true");
        }
        if (!kernelModules.isEmpty()) {
            config.put("linux.kernel_modules", String.join(",", kernelModules));
        }
        return config;
    }

    /** Lines of {@code raw.lxc}; they override what the server and the CPI set in earlier ones. */
    List<String> lxcLines() {
        List<String> lines = new ArrayList<>();
        if (apparmorProfile.isPresent()) {
            lines.add("lxc.apparmor.profile = " + apparmorProfile.get());
        }
        if (!mountAuto.isEmpty()) {
            lines.add("lxc.mount.auto = " + String.join(" ", mountAuto));
        }
        if (rawLxc.isPresent()) {
            lines.add(rawLxc.get());
        }
        return lines;
    }

    private static void refuse(String property, boolean isAskedFor, ProjectRules rules, String restriction) {
        if (isAskedFor) {
            throw CpiException.badRequest("cloud_properties." + property + " is forbidden in the project "
                    + rules.project()
                    + "; an administrator of the server can allow it there with restricted.containers." + restriction
                    + "=allow");
        }
    }

    private static CpiException wrong(String property, String value, String problem) {
        return CpiException.badRequest("cloud_properties." + property + " has \"" + value + "\", which " + problem);
    }

    /** Whether the value has no blanks and no line breaks. */
    private static boolean isWord(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isWhitespace(c) || Character.isISOControl(c)) {
                return false;
            }
        }
        return !value.isEmpty();
    }
}
