package io.boshcpi.lxd.spi;

import io.boshcpi.spi.PropertyTree;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A context that is known beforehand. */
record FixedContext(PropertyTree section) implements PluginContext {
    @Override
    public <C extends Record> C configuration(Class<C> type) {
        return section.bind(type);
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public Logger logger() {
        return LoggerFactory.getLogger(PluginContext.class);
    }
}
