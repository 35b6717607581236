package io.boshcpi.lxd.spi;

import io.boshcpi.spi.PropertyTree;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * A custom volume that is needed.
 *
 * @param sizeMib its size in MiB, at least 1
 * @param content what is in it
 * @param options the cloud properties that the driver reads; only keys of {@link StorageDriver#options()}
 */
@API(status = API.Status.STABLE, since = "1.0")
public record VolumeRequest(long sizeMib, Content content, PropertyTree options) {
    /** What a volume holds. */
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
        config.put("size", size());
        return config;
    }

    /** The size as the server takes it: {@code "1024MiB"}. */
    public String size() {
        return sizeMib + "MiB";
    }
}
