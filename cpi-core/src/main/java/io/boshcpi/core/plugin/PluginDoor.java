package io.boshcpi.core.plugin;

import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.LogLevel;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.pf4j.ExtensionWrapper;

/**
 * The one door to a plugin that is not bundled: whatever of its code host or provider run, runs behind it.
 *
 * <p>Behind the door the thread's context class loader is the plugin's, since libraries look for their services through
 * it. What fails there is told with the plugin, its file and the class, which is what an operator can act on; the trace,
 * for the plugin's author, is in the log. What does not come back in time fails likewise ({@link TimedVisit}). A plugin
 * that holds on to several abandoned threads gets no more of them until one comes back or its file is replaced.
 *
 * <p>Bundled plugins have no door. They are the product's own, and a call would pay for one with every class that it loads.
 */
final class PluginDoor {
    /** What an operator can do about a plugin that fails. */
    private static final String REMEDY = "; put a version of the plugin there that works, or take the file out";

    /** Each costs memory, and maybe a processor, until the process ends. */
    private static final int MAX_ABANDONED = 4;

    private final PluginSpec plugin;
    private final ClassLoader loader;
    private final Map<String, Object> guarded = new HashMap<>();
    private final AtomicInteger abandoned = new AtomicInteger();

    PluginDoor(PluginSpec plugin, ClassLoader loader) {
        this.plugin = plugin;
        this.loader = loader;
    }

    /** Something that runs code of the plugin. */
    interface Visit<T, X extends Exception> {
        T run() throws X;

        /** What of the plugin runs: {@code CLASS.METHOD}, for messages. */
        String place();
    }

    /**
     * Runs it within the time of a question, and lets pass what it throws.
     *
     * @throws PluginTimeout if it does not come back in time
     */
    <T, X extends Exception> T enter(Visit<T, X> visit) throws X {
        return enter(visit, PluginTime.current().ofQuestion());
    }

    /**
     * Runs it, and lets pass what it throws.
     *
     * @throws PluginTimeout if it does not come back in time
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // A visit throws nothing else that is checked; a result is as it is.
    <T, X extends Exception> T enter(Visit<T, X> visit, PluginTime.Limit limit) throws X {
        if (abandoned.get() >= MAX_ABANDONED) {
            throw new PluginTimeout("is not asked for " + visit.place() + ", since " + MAX_ABANDONED
                    + " earlier calls of it have not returned yet");
        }
        TimedVisit<T> timed = new TimedVisit<>(this, visit);
        Throwable thrown = timed.make(limit);
        if (thrown instanceof Error error) {
            throw error;
        } else if (thrown != null) {
            throw (X) thrown;
        }
        return timed.result();
    }

    String pluginId() {
        return plugin.id();
    }

    ClassLoader loader() {
        return loader;
    }

    /** Counts a thread that the plugin does not give back. */
    void abandon(String place) {
        int count = abandoned.incrementAndGet();
        log(
                LogLevel.WARN,
                name() + " goes on in " + place + " although it was interrupted; its thread is abandoned" + " (" + count
                        + " of at most " + MAX_ABANDONED + ")");
    }

    /** Counts a thread that came back after all. */
    void comeBack(String place) {
        abandoned.decrementAndGet();
        log(LogLevel.INFO, name() + " has returned from " + place + " after all");
    }

    private static void log(LogLevel level, String line) {
        CallLog log = CallLog.current();
        if (log != null) {
            log.log(level, line);
        }
    }

    /**
     * The extension as others may have it: made when it is first asked for, and called through this door alone.
     *
     * @throws CpiException if it is not made in time. It is not tried again then: calls that wait for their turn would
     *     each wait as long
     */
    synchronized <E> E extension(Class<E> type, ExtensionWrapper<E> wrapper) {
        String key =
                type.getName() + " " + wrapper.getDescriptor().extensionClass.getName();
        Object known = guarded.get(key);
        if (known == null) {
            known = made(type, wrapper);
            guarded.put(key, known);
        }
        if (known instanceof CpiException hung) {
            throw new CpiException(hung.type(), String.valueOf(hung.getMessage()), hung);
        }
        return type.cast(known);
    }

    private <E> Object made(Class<E> type, ExtensionWrapper<E> wrapper) {
        try {
            return guard(type, enter(new Making<>(wrapper)));
        } catch (PluginTimeout e) {
            return fault(e.reason(), e);
        }
    }

    /** The constructor of an extension. */
    private static final class Making<E> implements Visit<E, RuntimeException> {
        private final ExtensionWrapper<E> wrapper;

        Making(ExtensionWrapper<E> wrapper) {
            this.wrapper = wrapper;
        }

        @Override
        public E run() {
            return wrapper.getExtension();
        }

        @Override
        public String place() {
            return "the constructor of "
                    + wrapper.getDescriptor().extensionClass.getName();
        }
    }

    /** An object of the plugin, called through this door. */
    Object guard(Class<?> type, Object object) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new GuardedObject(this, type, object));
    }

    /** Where an object of the plugin comes from: its class, the plugin and the file, which an operator can take out. */
    String origin(Object object) {
        return plugin.origin(object.getClass().getName());
    }

    /**
     * The error for something that only the plugin's author can mend.
     *
     * @param what to be read after the plugin's name and file: "failed in …"
     * @param cause what the plugin threw; logged with its trace, also if nobody asked for details
     */
    CpiException fault(String what, Throwable cause) {
        logTrace(what, cause);
        return new CpiException(ErrorType.CPI_ERROR, message(what), cause);
    }

    /** Logs what the plugin threw, for its author. */
    void logTrace(String what, Throwable cause) {
        CallLog log = CallLog.current();
        if (log != null) {
            log.log(LogLevel.ERROR, name() + " " + what, cause);
        }
    }

    /** Logs which plugin an error comes from whose message is for the operator alone. */
    void logRefusal(String place) {
        log(LogLevel.INFO, name() + " refuses, in " + place);
    }

    /** The same as an error where nothing was thrown. */
    CpiException fault(String what) {
        return new CpiException(ErrorType.CPI_ERROR, message(what));
    }

    private String message(String what) {
        return name() + " " + what + REMEDY;
    }

    private String name() {
        return "The plugin " + plugin.id() + " (" + plugin.file().path().toAbsolutePath() + ")";
    }
}
