package io.boshcpi.lxd.spi;

import io.boshcpi.spi.CpiException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * A device of an instance.
 *
 * @param name its key in the instance's {@code devices}; 1 to 63 letters, digits and {@code . _ -}
 * @param config its configuration, with at least {@code type}
 * @param directories absolute paths of directories that the guest needs before its first start, such as the one in which
 *     a proxy device creates its socket; their parents must be in every stemcell
 */
@API(status = API.Status.STABLE, since = "1.0")
public record Device(String name, Map<String, String> config, List<String> directories) {
    /** Takes copies, sorted by key, and refuses a malformed name or a missing {@code type}. */
    public Device {
        if (!isName(name)) {
            throw CpiException.badRequest("The device name \"" + name
                    + "\" is not one: 1 to 63 letters, digits and . _ - are allowed, beginning with a letter or digit");
        }
        if (!config.containsKey("type")) {
            throw CpiException.badRequest("The device " + name + " has no type");
        }
        config = Collections.unmodifiableMap(new TreeMap<>(config));
        directories = List.copyOf(directories);
    }

    /** A device that needs no directory in the guest. */
    public Device(String name, Map<String, String> config) {
        this(name, config, List.of());
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= 63
                && "._-".indexOf(name.charAt(0)) < 0
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0));
    }
}
