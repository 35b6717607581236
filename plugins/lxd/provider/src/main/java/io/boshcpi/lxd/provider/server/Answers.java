package io.boshcpi.lxd.provider.server;

import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.lxd.spi.ProjectRules;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.lxd.spi.VolumeSizes;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Maintenance.Finding;
import io.boshcpi.spi.ProviderContext;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pf4j.ExtensionPoint;

/**
 * Looks at what an extension answers before anything is made of it. A server would refuse most of this too, but it knows
 * neither the class nor the file that an operator can take out; a volume without a size it would even make.
 */
final class Answers {
    private final ProviderContext context;
    private final ExtensionPoint extension;

    Answers(ProviderContext context, ExtensionPoint extension) {
        this.context = context;
        this.extension = extension;
    }

    /** The name of something that the extension serves. */
    String name(String what, @Nullable String name) {
        if (name == null || name.isBlank()) {
            throw wrong("a " + what + " without a name");
        } else if (hasControl(name)) {
            throw wrong("a " + what + " whose name has a control character");
        }
        return name;
    }

    /** The sizes of volumes. */
    VolumeSizes sizes(@Nullable VolumeSizes sizes) {
        if (sizes == null) {
            throw wrong("null in the place of the sizes of volumes");
        }
        return sizes;
    }

    /** What a project allows. */
    ProjectRules rules(@Nullable ProjectRules rules) {
        if (rules == null) {
            throw wrong("null in the place of a project's rules");
        }
        return rules;
    }

    /** What it says about its health. */
    List<Finding> findings(@Nullable List<Finding> findings) {
        if (findings == null) {
            throw wrong("no list of findings, but null");
        }
        for (Finding finding : findings) {
            if (finding == null) {
                throw wrong("null in the place of a finding");
            }
        }
        return findings;
    }

    /** The configuration of the volume that was asked for. */
    Map<String, String> volume(VolumeRequest request, @Nullable Map<String, String> config) {
        Map<String, String> checked = config("the configuration of a volume", config);
        if (request.sizeMib() > 0) {
            require("the configuration of a volume", checked, "size");
        }
        for (String key : checked.keySet()) {
            if (key.startsWith("user.")) {
                throw wrong("the configuration of a volume with " + key + ", and user.* is the provider's");
            }
        }
        return checked;
    }

    /** The devices of a VM. */
    List<Device> devices(@Nullable List<Device> devices) {
        Set<String> names = new HashSet<>();
        if (devices == null) {
            throw wrong("no list of devices, but null");
        }
        for (Device device : devices) {
            if (!names.add(device(device).name())) {
                throw wrong("two devices of the name " + device.name());
            }
        }
        return devices;
    }

    /** The configuration of the NIC that was asked for. */
    Map<String, String> nic(NicRequest request, @Nullable Device nic) {
        Device checked = device(nic);
        if (!checked.name().equals(request.interfaceName())) {
            throw wrong("the NIC " + checked.name() + " where " + request.interfaceName() + " was asked for");
        }
        return checked.config();
    }

    private Device device(@Nullable Device device) {
        if (device == null) {
            throw wrong("null in the place of a device");
        }
        String what = "the device " + device.name();
        for (String directory : device.directories()) {
            if (!directory.startsWith("/") || hasControl(directory)) {
                throw wrong(what + " with the directory " + directory + ", which is no absolute path");
            }
        }
        require(what, config(what, device.config()), "type");
        return device;
    }

    private Map<String, String> config(String what, @Nullable Map<String, String> config) {
        if (config == null) {
            throw wrong("null in the place of " + what);
        }
        for (Map.Entry<?, ?> entry : config.entrySet()) { // What it is declared to be, no cast has checked.
            if (!(entry.getKey() instanceof String key) || key.isBlank()) {
                throw wrong(what + " with a key that is empty");
            } else if (hasControl(key)) {
                throw wrong(what + " with a key that has a control character");
            } else if (!(entry.getValue() instanceof String value)) {
                throw wrong(what + " with " + key + " "
                        + (entry.getValue() == null
                                ? "null"
                                : "of " + entry.getValue().getClass()));
            } else if (value.indexOf('\0') >= 0) {
                throw wrong(what + " with a NUL in " + key);
            }
        }
        return config;
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private void require(String what, Map<String, String> config, String key) {
        if (config.getOrDefault(key, "").isBlank()) {
            throw wrong(what + " without " + key);
        }
    }

    private CpiException wrong(String answer) {
        return CpiException.badRequest(context.origin(extension) + " answered wrongly, with " + answer
                + "; put a version of the plugin there that works, or take the file out");
    }
}
