package io.boshcpi.lxd.provider.server;

import io.boshcpi.lxd.spi.PluginContext;
import io.boshcpi.spi.ProviderContext;
import java.time.Clock;
import org.pf4j.ExtensionPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an extension may know, as the host has it. */
final class ExtensionContext implements PluginContext {
    private final ProviderContext host;
    private final ExtensionPoint extension;

    ExtensionContext(ProviderContext host, ExtensionPoint extension) {
        this.host = host;
        this.extension = extension;
    }

    @Override
    public <C extends Record> C configuration(Class<C> type) {
        return host.configuration(extension, type);
    }

    @Override
    public Clock clock() {
        return host.clock();
    }

    @Override
    public Logger logger() {
        return LoggerFactory.getLogger(extension.getClass());
    }
}
