package io.boshcpi.core.call;

import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.plugin.HostContext;
import io.boshcpi.core.plugin.PluginHost;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.ProviderContext;
import java.time.Clock;
import java.util.List;
import org.pf4j.ExtensionPoint;

/** What a provider may ask of the host in calls: what it may ask anyway, and the configuration of its sub-plugins. */
final class CallContext implements ProviderContext {
    private final PluginHost plugins;
    private final HostContext host;
    private final PropertyTree sections;

    /**
     * @param provider the provider's name
     * @param sections the configuration of plugins, by their IDs
     */
    CallContext(PluginHost plugins, String provider, PropertyTree sections) {
        this.plugins = plugins;
        this.host = new HostContext(plugins, provider);
        this.sections = sections;
    }

    @Override
    public <E extends ExtensionPoint> List<E> extensions(Class<E> type) {
        return host.extensions(type);
    }

    @Override
    public String origin(ExtensionPoint extension) {
        return host.origin(extension);
    }

    @Override
    public <C extends Record> C configuration(ExtensionPoint extension, Class<C> type) {
        C configuration = sections.section(plugins.pluginOf(extension)).bind(type);
        CallLog log = CallLog.current();
        if (log != null) {
            RecordSecrets.teach(configuration, log.redactor());
        }
        return configuration;
    }

    @Override
    public Clock clock() {
        return host.clock();
    }
}
