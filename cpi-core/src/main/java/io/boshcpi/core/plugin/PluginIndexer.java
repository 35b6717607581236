package io.boshcpi.core.plugin;

import io.boshcpi.core.installation.Distribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes the index of the plugins that a distribution is packaged with. */
public final class PluginIndexer {
    private PluginIndexer() {}

    /**
     * The index as text.
     *
     * @throws io.boshcpi.spi.CpiException that names each plugin that cannot be used
     */
    public static String index(Distribution distribution) throws IOException {
        PluginCatalog catalog = PluginCatalog.read(distribution, List.of());
        try (PluginHost host = PluginHost.start(distribution, catalog)) {
            PluginHost.requireNone(host.linkage());
            List<PluginSpec> specs = new ArrayList<>();
            for (PluginSpec spec : host.specs()) {
                specs.add(spec.at(PluginFile.of(spec.file().path())));
            }
            return PluginIndex.write(specs);
        }
    }
}
