package io.boshcpi.lxd.spi;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.PropertyTree;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * A volume that is needed.
 *
 * @param sizeMib its size in MiB, one of {@link StorageDriver#sizes()}; 0 for a root disk whose size the operator leaves to
 *     the server
 * @param content what is in it
 * @param options the cloud properties that the driver reads; only keys of {@link StorageDriver#options()}.
 *     Disk types have them, so only a persistent disk does
 * @param purpose what it is for
 * @param context what else the driver may know
 */
@API(status = API.Status.STABLE, since = "1.0")
public record VolumeRequest(
        long sizeMib, Content content, PropertyTree options, Purpose purpose, PluginContext context) {
    /** For tests: a persistent disk, asked of a driver without configuration. */
    public VolumeRequest(long sizeMib, Content content, PropertyTree options) {
        this(sizeMib, content, options, Purpose.PERSISTENT, PluginContext.empty());
    }

    /** What a volume is for. More may come, so leave a way for others. */
    @API(status = API.Status.STABLE, since = "1.0")
    public enum Purpose {
        /** The root disk of a VM, which the server makes of an image. */
        ROOT("cloud_properties.root_disk"),
        /** What lives and dies with a VM, such as its {@code /var/vcap/data}. */
        EPHEMERAL("cloud_properties.ephemeral_disk"),
        /** A disk that outlives its VMs. */
        PERSISTENT("The disk's size");

        private final String place;

        Purpose(String place) {
            this.place = place;
        }
    }

    /** What a volume holds. */
    @API(status = API.Status.STABLE, since = "1.0")
    public enum Content {
        /** A file system, which a container can mount. */
        FILESYSTEM("filesystem"),
        /** A block device, which only a virtual machine can use. */
        @API(status = API.Status.EXPERIMENTAL, since = "1.0")
        BLOCK("block");

        private final String apiName;

        Content(String apiName) {
            this.apiName = apiName;
        }

        /** The name in the server's API. */
        public String apiName() {
            return apiName;
        }
    }

    /** The size and the options as configuration of a volume. */
    public Map<String, String> config() {
        Map<String, String> config = new TreeMap<>();
        for (String key : options.keys()) {
            config.put(key, options.string(key).orElse(""));
        }
        if (sizeMib > 0) {
            config.put("size", size());
        }
        return config;
    }

    /** The same with another size. */
    public VolumeRequest ofSize(long otherMib) {
        return new VolumeRequest(otherMib, content, options, purpose, context);
    }

    /** The same for another context. */
    public VolumeRequest in(PluginContext other) {
        return new VolumeRequest(sizeMib, content, options, purpose, other);
    }

    /**
     * An error about the size, to be thrown, that names the place where the operator wrote it.
     *
     * @param problem what would be right, to be read after the place: {@code "must be at least 8192 MiB"}
     */
    public CpiException wrongSize(String problem) {
        return CpiException.badRequest(purpose.place + " " + problem + ", but is " + sizeMib + " MiB");
    }

    /** The size as the server takes it: {@code "1024MiB"}. */
    public String size() {
        return sizeMib + "MiB";
    }
}
