package io.boshcpi.spi;

import java.util.List;
import org.apiguardian.api.API;

/**
 * Options that stand at one place, for documentation: {@code cpi plugins --options} and docs/cloud-properties.md.
 *
 * @param title what the options belong to, as a heading: {@code "Pools of the driver zfs"}
 * @param place where an operator writes them: {@code "cloud_properties of disk_types"}
 * @param description what the operator should know about all of them, in Markdown; empty if there is nothing
 * @param options the options
 */
@API(status = API.Status.STABLE, since = "1.0")
public record OptionGroup(String title, String place, String description, List<Option> options) {
    /** Takes a copy. */
    public OptionGroup {
        options = List.copyOf(options);
    }

    /** A group of some options. */
    public static OptionGroup of(String title, String place, String description, Options options) {
        return new OptionGroup(title, place, description, options.asList());
    }
}
