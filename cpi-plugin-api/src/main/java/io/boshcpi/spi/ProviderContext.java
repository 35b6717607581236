package io.boshcpi.spi;

import java.time.Clock;
import java.util.List;
import org.apiguardian.api.API;
import org.pf4j.ExtensionPoint;

/** What the host gives to a provider. There is no way from here to the plugin manager, on purpose. */
@API(status = API.Status.STABLE, since = "1.0")
public interface ProviderContext {
    /**
     * The extensions of a type that the plugin itself and its sub-plugins bring, in the order of the plugins' IDs.
     * They are made when first asked for.
     *
     * @throws CpiException if one of them cannot be made; the message names the plugin and the reason
     */
    <E extends ExtensionPoint> List<E> extensions(Class<E> type);

    /**
     * Where an extension comes from, for messages about it: its class and, if the host knows it, the plugin's file. An
     * extension's own {@code getClass()} does not tell: the host may have put something in front of it.
     */
    default String origin(ExtensionPoint extension) {
        return extension.getClass().getName();
    }

    /**
     * The operator's configuration of the plugin that an extension comes from, {@code plugins.ID} in the configuration. What
     * in it is a {@link Secret} is redacted as in the provider's own.
     *
     * @param type the record that it is bound to, as {@link PropertyTree#bind(Class)} does; an absent section is an empty one
     * @throws CpiException as {@link PropertyTree#bind(Class)} says; the message names the place in the configuration
     */
    default <C extends Record> C configuration(ExtensionPoint extension, Class<C> type) {
        return PropertyTree.empty("plugins").bind(type);
    }

    /** The time of day, for time stamps. */
    Clock clock();
}
