package io.boshcpi.core.call;

import io.boshcpi.core.config.Configuration;
import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.LogLevel;
import io.boshcpi.core.log.OperatorText;
import io.boshcpi.core.log.Redactor;
import io.boshcpi.core.plugin.PluginHost;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.ProviderContext;
import io.boshcpi.spi.ProviderFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The clouds that the providers made, one for each configuration, and the same for all calls with it. A CPI config brings
 * its own with each call, so only some are kept: those in use, and of the others the ones that were used last.
 */
final class Clouds implements AutoCloseable {
    private static final int MAX_KEPT = 16;

    /** By provider, section and the sections of plugins; the one that was used last is the last. */
    private final Map<List<Object>, Made> made = new LinkedHashMap<>(MAX_KEPT, 0.75f, true);

    /** The provider of each cloud, for those who must not wait while one is made. */
    private volatile List<String> open = List.of();

    /** A cloud, and the record that its configuration was bound to: it knows what in it is a secret. */
    private static final class Made {
        final String provider;
        final CloudProvider cloud;
        final Record configuration;
        int users;

        Made(String provider, CloudProvider cloud, Record configuration) {
            this.provider = provider;
            this.cloud = cloud;
            this.configuration = configuration;
        }
    }

    /** A cloud that stays open until the one who took it closes this. */
    final class Lease implements AutoCloseable {
        private final Made made;

        private Lease(Made made) {
            this.made = made;
        }

        CloudProvider cloud() {
            return made.cloud;
        }

        @Override
        public void close() {
            release(made);
        }
    }

    /**
     * The cloud of a provider with that configuration.
     *
     * @param configuration what the operator wrote, for this call
     * @param redactor learns what in the section is a secret
     */
    Lease take(PluginHost plugins, String provider, Configuration configuration, Redactor redactor) {
        PropertyTree section = configuration.section(provider);
        PropertyTree ofPlugins = configuration.pluginSections();
        // A list and not a record, whose hash code is linked at run time: that costs a cold call 15 ms.
        List<Object> key = List.of(provider, section.asMap(), ofPlugins.asMap());
        Made known = used(key);
        if (known != null) {
            RecordSecrets.teach(known.configuration, redactor);
            return new Lease(known);
        }
        // Outside of the lock, which calls with other configurations need: a provider may hang.
        long start = System.nanoTime();
        ProviderContext context = new CallContext(plugins, provider, ofPlugins);
        Made fresh = make(provider, plugins.factory(provider), section, redactor, context);
        CallLog.phase("Making the provider", start);
        Made used = usedOr(key, fresh);
        if (used != fresh) {
            close(fresh);
        }
        return new Lease(used);
    }

    /** The provider of each cloud that is open. Does not wait for one that is being made. */
    List<String> open() {
        return open;
    }

    private List<String> providers() {
        List<String> providers = new ArrayList<>(made.size());
        for (Made each : made.values()) {
            providers.add(each.provider);
        }
        return providers;
    }

    /** The cloud with that key, with one more user; {@code null} if there is none. */
    private synchronized @Nullable Made used(List<Object> key) {
        Made known = made.get(key);
        if (known != null) {
            known.users++;
        }
        return known;
    }

    /** The cloud that another call has made meanwhile, or else the fresh one; with one more user. */
    private synchronized Made usedOr(List<Object> key, Made fresh) {
        Made known = used(key);
        if (known == null) {
            known = fresh;
            known.users++;
            made.put(key, known);
            open = providers();
        }
        return known;
    }

    private void release(Made used) {
        for (Made each : without(used)) {
            close(each);
        }
    }

    /** Ends a use. Returns the clouds that are too many now; nobody uses them. */
    private synchronized List<Made> without(Made used) {
        used.users--;
        List<Made> unused = new ArrayList<>();
        Iterator<Made> oldestFirst = made.values().iterator();
        while (made.size() > MAX_KEPT && oldestFirst.hasNext()) {
            Made oldest = oldestFirst.next();
            if (oldest.users == 0) {
                oldestFirst.remove();
                unused.add(oldest);
            }
        }
        if (!unused.isEmpty()) {
            open = providers();
        }
        return unused;
    }

    /** Closes a cloud. A failure is logged: those who used the cloud have what they wanted. */
    private static void close(Made unused) {
        try {
            unused.cloud.close();
        } catch (RuntimeException | LinkageError e) {
            CallLog log = CallLog.current();
            if (log != null) {
                log.log(LogLevel.WARN, "A provider could not be closed:", e);
            }
        }
    }

    private static <C extends Record> Made make(
            String provider,
            ProviderFactory<C> factory,
            PropertyTree section,
            Redactor redactor,
            ProviderContext context) {
        C configuration = bind(factory, section, context);
        RecordSecrets.teach(configuration, redactor);
        return new Made(provider, factory.create(configuration, context), configuration);
    }

    /** Binds the section, for which a record of a type that nothing can be bound to is the plugin's fault. */
    private static <C extends Record> C bind(
            ProviderFactory<C> factory, PropertyTree section, ProviderContext context) {
        Class<C> type = factory.configType();
        try {
            return section.bind(type);
        } catch (CpiException e) {
            throw e; // The operator's mistake.
        } catch (RuntimeException | LinkageError e) {
            throw new CpiException(
                    ErrorType.CPI_ERROR,
                    "The configuration " + type.getName() + " of " + context.origin(factory) + " cannot be bound: "
                            + OperatorText.of(e),
                    e);
        }
    }

    @Override
    public synchronized void close() {
        for (Made each : made.values()) {
            close(each);
        }
        made.clear();
        open = List.of();
    }
}
