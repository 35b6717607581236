package io.boshcpi.core.call;

import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.plugin.PluginCatalog;
import io.boshcpi.core.plugin.PluginHost;
import io.boshcpi.core.plugin.ProviderSpec;
import io.boshcpi.spi.CpiException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The plugins, loaded as late as possible: while they are those that the distribution was packaged with, its index
 * tells which providers there are, and only a call that needs a provider loads them.
 *
 * <p>If they cannot be loaded, that is how it stays: calls that wait for their turn would each meet the same, and a plugin
 * that hangs would cost each of them its whole time. A resident host starts anew when the files change.
 */
final class Plugins implements AutoCloseable {
    private final Distribution distribution;
    private final PluginCatalog catalog;
    private volatile @Nullable PluginHost host;
    private @Nullable CpiException failure;

    Plugins(Distribution distribution, List<Path> moreFolders) {
        this.distribution = distribution;
        this.catalog = PluginCatalog.read(distribution, moreFolders);
    }

    /**
     * The providers by name.
     *
     * @throws io.boshcpi.spi.CpiException if any plugin cannot be used, whether this call needs it or not
     */
    Map<String, ProviderSpec> providers() {
        return catalog.isAsPackaged() ? catalog.indexedProviders() : host().providers();
    }

    /** The IDs of the plugins that lie there. */
    Set<String> ids() {
        return catalog.ids();
    }

    /** The provider of a configuration that leaves it open; empty if there is none. */
    String defaultProvider() {
        return catalog.defaultProvider();
    }

    /** The loaded plugins. */
    synchronized PluginHost host() {
        if (failure != null) {
            throw new CpiException(failure.type(), String.valueOf(failure.getMessage()), failure);
        }
        try {
            PluginHost known = host;
            PluginHost started = known == null ? start() : known;
            host = started;
            return started;
        } catch (CpiException e) {
            failure = e;
            throw e;
        }
    }

    /** The names of the providers, if their plugins are loaded already. */
    Set<String> loadedProviders() {
        PluginHost loaded = host;
        return loaded == null ? Set.of() : loaded.providers().keySet();
    }

    private PluginHost start() {
        long start = System.nanoTime();
        HeadStart headStart = HeadStart.begin();
        try {
            return PluginHost.start(distribution, catalog);
        } finally {
            headStart.await();
            CallLog.phase("Loading the plugins", start);
        }
    }

    @Override
    public synchronized void close() {
        PluginHost loaded = host;
        if (loaded != null) {
            loaded.close();
        }
    }
}
