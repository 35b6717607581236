package io.boshcpi.core.call;

import io.boshcpi.core.config.Configuration;
import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.log.Redactor;
import io.boshcpi.core.plugin.PluginTime;
import io.boshcpi.core.plugin.ProviderSpec;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.Maintenance;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The configured provider as a person asks it, outside of a Director's calls. */
public final class Upkeep implements AutoCloseable {
    private final Plugins plugins;
    private final Clouds clouds = new Clouds();
    private final Maintenance maintenance;
    private final Call call;

    /**
     * Loads the plugins and makes the provider.
     *
     * @param configurationFile the job's {@code cpi.json}
     * @param redactor learns the secrets of the configuration
     * @throws CpiException if the configuration is wrong, a plugin cannot be used, or the provider offers no upkeep
     */
    public Upkeep(Distribution distribution, Path configurationFile, Redactor redactor) {
        Configuration file = Configuration.read(configurationFile);
        redactor.learn(file.asMap());
        PluginTime.bind(file.pluginTimeout(), Deadline.in(file.callTimeout()));
        this.plugins = new Plugins(distribution, file.pluginFolders());
        Map<String, ProviderSpec> providers = plugins.providers();
        Configuration configuration = file.forCall(Map.of(), providers.keySet(), plugins.ids());
        String provider =
                configuration.provider(providers, plugins.defaultProvider()).name();
        this.maintenance = clouds.take(plugins.host(), provider, configuration, redactor)
                .cloud()
                .maintenance()
                .orElseThrow(() -> new CpiException(
                        ErrorType.NOT_IMPLEMENTED, "The provider " + provider + " offers neither doctor nor gc"));
        this.call = new Call("cli", Optional.empty(), Deadline.in(configuration.callTimeout()));
    }

    /** What the provider offers. */
    public Maintenance maintenance() {
        return maintenance;
    }

    /** A call that belongs to no Director. */
    public Call call() {
        return call;
    }

    @Override
    public void close() {
        clouds.close();
        plugins.close();
    }
}
