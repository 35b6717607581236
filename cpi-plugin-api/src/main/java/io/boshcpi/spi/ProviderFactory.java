package io.boshcpi.spi;

import java.util.List;
import org.apiguardian.api.API;
import org.pf4j.ExtensionPoint;

/**
 * The entry point of a provider plugin: one class with PF4J's {@code @Extension} and a public constructor without
 * arguments.
 *
 * @param <C> the record that the provider's section of the configuration is bound to. Its components name the keys
 *     (in snake case); see {@link PropertyTree#bind}.
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface ProviderFactory<C extends Record> extends ExtensionPoint {
    /** The provider's name, which is also the key of its section in the configuration: {@code "lxd"}. */
    String name();

    /**
     * The stemcell formats that {@code info} reports, such as {@code "warden-tar"}.
     *
     * <p>They are read when the distribution is packaged or a plugin is dropped in, not for each call, so they must
     * be constant.
     */
    List<String> stemcellFormats();

    /**
     * The options that operators can write for this provider and its sub-plugins, each group at its place in the
     * documentation. {@code cpi plugins --options} shows them.
     */
    default List<OptionGroup> options(ProviderContext context) {
        return List.of();
    }

    /**
     * What is wrong between the sub-plugins of this provider that shows only when all of them are looked at, such as two
     * that serve the same thing: a sentence each, which names both ({@link ProviderContext#origin}). {@code cpi plugins}
     * and {@code cpi doctor} show them, before a call meets one.
     */
    default List<String> conflicts(ProviderContext context) {
        return List.of();
    }

    /** The type of {@code C}. */
    Class<C> configType();

    /**
     * Makes the provider for one configuration. It makes no connection yet. The host keeps the provider for as many
     * calls as come with that configuration, and may use it from several threads at once.
     */
    CloudProvider create(C config, ProviderContext context);
}
