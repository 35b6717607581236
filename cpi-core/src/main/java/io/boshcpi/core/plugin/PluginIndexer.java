package io.boshcpi.core.plugin;

import io.boshcpi.core.installation.Distribution;
import io.boshcpi.spi.CpiException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the index of the plugins that a distribution is packaged with. */
public final class PluginIndexer {
    private PluginIndexer() {}

    /**
     * The index as text.
     *
     * @param provider the provider of a configuration that leaves it open
     * @throws io.boshcpi.spi.CpiException that names each plugin that cannot be used
     */
    public static String index(Distribution distribution, Optional<String> provider) throws IOException {
        PluginCatalog catalog = PluginCatalog.read(distribution, List.of());
        try (PluginHost host = PluginHost.start(distribution, catalog)) {
            PluginHost.requireNone(host.linkage());
            if (provider.isPresent() && !host.providers().containsKey(provider.get())) {
                throw CpiException.badRequest("No plugin brings the product's provider " + provider.get());
            }
            List<PluginSpec> specs = new ArrayList<>();
            for (PluginSpec spec : host.specs()) {
                specs.add(spec.at(PluginFile.of(spec.file().path())));
            }
            return PluginIndex.write(specs, provider.orElse(""));
        }
    }
}
