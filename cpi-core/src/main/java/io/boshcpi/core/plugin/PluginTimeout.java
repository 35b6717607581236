package io.boshcpi.core.plugin;

import org.pf4j.PluginRuntimeException;

/** A plugin did not come back in time. The reason is to be read after the plugin's name. */
final class PluginTimeout extends PluginRuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    PluginTimeout(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
