package io.boshcpi.core.plugin;

import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.LogLevel;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.pf4j.ExtensionWrapper;

/**
 * The one door to a plugin that is not bundled: whatever of its code host or provider run, runs behind it.
 *
 * <p>Behind the door the thread's context class loader is the plugin's, since libraries look for their services through
 * it. What fails there is told with the plugin, its file and the class, which is what an operator can act on; the trace,
 * for the plugin's author, is in the log.
 *
 * <p>Bundled plugins have no door. They are the product's own, and a call would pay for one with every class that it loads.
 */
final class PluginDoor {
    /** What an operator can do about a plugin that fails. */
    private static final String REMEDY = "; put a version of the plugin there that works, or take the file out";

    private final PluginSpec plugin;
    private final ClassLoader loader;
    private final Map<String, Object> guarded = new HashMap<>();

    PluginDoor(PluginSpec plugin, ClassLoader loader) {
        this.plugin = plugin;
        this.loader = loader;
    }

    /** Something that runs code of the plugin. */
    interface Visit<T, X extends Exception> {
        T run() throws X;
    }

    /** Runs it, and lets pass what it throws. */
    <T, X extends Exception> T enter(Visit<T, X> visit) throws X {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return visit.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The extension as others may have it: made when it is first asked for, and called through this door alone. */
    synchronized <E> E extension(Class<E> type, ExtensionWrapper<E> wrapper) {
        String key =
                type.getName() + " " + wrapper.getDescriptor().extensionClass.getName();
        Object known = guarded.get(key);
        if (known == null) {
            known = guard(type, enter(new Making<>(wrapper)));
            guarded.put(key, known);
        }
        return type.cast(known);
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
    }

    /** An object of the plugin, called through this door. */
    Object guard(Class<?> type, Object object) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new GuardedObject(this, type, object));
    }

    /** Where an object of the plugin comes from: its class and the file, which an operator can take out. */
    String origin(Object object) {
        return object.getClass().getName() + " of " + plugin.file().path().toAbsolutePath();
    }

    /**
     * The error for something that only the plugin's author can mend.
     *
     * @param what to be read after the plugin's name and file: "failed in …"
     * @param cause what the plugin threw; logged with its trace, also if nobody asked for details
     */
    CpiException fault(String what, Throwable cause) {
        CallLog log = CallLog.current();
        if (log != null) {
            log.log(LogLevel.ERROR, "The plugin " + plugin.id() + " " + what, cause);
        }
        return new CpiException(ErrorType.CPI_ERROR, message(what), cause);
    }

    /** The same where nothing was thrown. */
    CpiException fault(String what) {
        return new CpiException(ErrorType.CPI_ERROR, message(what));
    }

    private String message(String what) {
        return "The plugin " + plugin.id() + " (" + plugin.file().path().toAbsolutePath() + ") " + what + REMEDY;
    }
}
