package io.boshcpi.lxd.spi;

import io.boshcpi.spi.Maintenance.Finding;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What all extension points of the LXD provider share. Whoever implements one of them has these too, and need not write any.
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface SubPlugin {
    /** What an operator should know about it, in Markdown, for the documentation. */
    default String description() {
        return "";
    }

    /**
     * The record that the plugin's section of the configuration, {@code plugins.ID}, is bound to; {@link NoConfiguration}
     * if it has none. {@code doctor} checks the section with it, and the extension gets it where it is asked something, by
     * {@link PluginContext#configuration}. The extensions of one plugin share the section, so they share the record.
     */
    default Class<? extends Record> configType() {
        return NoConfiguration.class;
    }

    /**
     * Whether what it depends on is as it should be, for {@code doctor}; empty if there is nothing to say. No call comes
     * here, so this may ask a server or look at a file, within the {@code plugin_timeout}. A failure is a finding.
     */
    @API(status = API.Status.EXPERIMENTAL, since = "1.0")
    default List<Finding> health(PluginContext context) {
        return List.of();
    }
}
