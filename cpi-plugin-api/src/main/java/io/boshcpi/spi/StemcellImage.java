package io.boshcpi.spi;

import java.nio.file.Path;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * The file {@code image} of a stemcell and what its manifest says of it.
 *
 * @param path a file that the CPI may read during the call only; it is empty for a light stemcell
 * @param properties the {@code cloud_properties} of {@code stemcell.MF}; empty if there are none
 * @param tags the tags that version 3 of the API gives; empty otherwise
 */
@API(status = API.Status.STABLE, since = "1.0")
public record StemcellImage(Path path, PropertyTree properties, Map<String, String> tags) {
    /** Takes copies. */
    public StemcellImage {
        tags = Map.copyOf(tags);
    }
}
