package io.boshcpi.core.call;

import io.boshcpi.core.log.Redactor;
import io.boshcpi.core.plugin.PluginHost;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.ProviderContext;
import io.boshcpi.spi.ProviderFactory;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pf4j.ExtensionPoint;

/** The clouds that the providers made, one for each configuration. */
final class Clouds implements AutoCloseable {
    /** A provider with the values of its section. */
    private record Key(String provider, Map<String, ?> section) {}

    /** A cloud, and the record that its configuration was bound to: it knows what in it is a secret. */
    private record Made(CloudProvider cloud, Record configuration) {}

    private final Map<Key, Made> made = new HashMap<>();

    /**
     * The cloud of a provider with that configuration.
     *
     * @param section the provider's section of the configuration
     * @param redactor learns what in the section is a secret
     */
    synchronized CloudProvider cloud(PluginHost plugins, String provider, PropertyTree section, Redactor redactor) {
        Key key = new Key(provider, section.asMap());
        Made known = made.get(key);
        if (known == null) {
            known = make(plugins.factory(provider), section, redactor, new Context(plugins, provider));
            made.put(key, known);
        } else {
            RecordSecrets.teach(known.configuration(), redactor);
        }
        return known.cloud();
    }

    private static <C extends Record> Made make(
            ProviderFactory<C> factory, PropertyTree section, Redactor redactor, ProviderContext context) {
        C configuration = section.bind(factory.configType());
        RecordSecrets.teach(configuration, redactor);
        return new Made(factory.create(configuration, context), configuration);
    }

    @Override
    public synchronized void close() {
        for (Made each : made.values()) {
            each.cloud().close();
        }
        made.clear();
    }

    /** What a provider may ask of the host. */
    private record Context(PluginHost plugins, String provider) implements ProviderContext {
        @Override
        public <E extends ExtensionPoint> List<E> extensions(Class<E> type) {
            return plugins.extensions(type, provider);
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }
    }
}
