package io.boshcpi.core.plugin;

import io.boshcpi.spi.ProviderContext;
import java.time.Clock;
import java.util.List;
import org.pf4j.ExtensionPoint;

/**
 * What a provider may ask of the host: the extensions of its own plugin and of those that depend on it, and the time.
 *
 * @param plugins the loaded plugins
 * @param provider the provider's name
 */
public record HostContext(PluginHost plugins, String provider) implements ProviderContext {
    @Override
    public <E extends ExtensionPoint> List<E> extensions(Class<E> type) {
        return plugins.extensions(type, provider);
    }

    @Override
    public String origin(ExtensionPoint extension) {
        return plugins.origin(extension);
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }
}
