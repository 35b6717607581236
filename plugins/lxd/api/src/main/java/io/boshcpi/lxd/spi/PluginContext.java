package io.boshcpi.lxd.spi;

import io.boshcpi.spi.PropertyTree;
import java.time.Clock;
import org.apiguardian.api.API;
import org.slf4j.Logger;

/**
 * What a sub-plugin may know besides the question. It comes with each question, and holds for that one: the calls of a
 * Director with a CPI config bring different configurations to the same extension, at the same time.
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface PluginContext {
    /**
     * The plugin's section of the configuration, {@code plugins.ID}. What in it is an {@code io.boshcpi.spi.Secret} is
     * redacted in logs and errors.
     *
     * @param type the extension's {@link SubPlugin#configType()}
     * @throws io.boshcpi.spi.CpiException that names the place and what would be right, as {@link PropertyTree#bind(Class)}
     *     says
     */
    <C extends Record> C configuration(Class<C> type);

    /** The time of day. */
    Clock clock();

    /** The log of the call. */
    Logger logger();

    /** A context for tests, whose configuration is an empty section. */
    static PluginContext empty() {
        return of(PropertyTree.empty("plugins"));
    }

    /**
     * A context for tests.
     *
     * @param section the plugin's configuration
     */
    static PluginContext of(PropertyTree section) {
        return new FixedContext(section);
    }
}
