package io.boshcpi.core.call;

import java.net.URISyntaxException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out who ends the JVM. For hooks that run at its end. */
public final class ExitCall {
    private ExitCall() {}

    /**
     * The place that called {@code System.exit}, as {@code CLASS.METHOD}, after the plugin and its file if it is not a
     * bundled one; {@code null} if the JVM ends by a signal, or since its main thread has returned.
     */
    public static @Nullable String place() {
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            StackTraceElement[] stack = thread.getValue();
            for (int i = stack.length - 2; i >= 0; i--) {
                String type = stack[i].getClassName();
                boolean exits = type.equals("java.lang.System") || type.equals("java.lang.Runtime");
                if (exits && stack[i].getMethodName().equals("exit")) {
                    return plugin(thread.getKey()) + stack[i + 1].getClassName() + "." + stack[i + 1].getMethodName();
                }
            }
        }
        return null;
    }

    /** The plugin that a thread runs code of, which a thread that it starts inherits; empty for what has no loader of its own. */
    private static String plugin(Thread thread) {
        if (!(thread.getContextClassLoader() instanceof URLClassLoader loader) || loader.getURLs().length == 0) {
            return "";
        }
        try {
            return "The " + loader.getName() + " (" + Path.of(loader.getURLs()[0].toURI()) + "): ";
        } catch (URISyntaxException | IllegalArgumentException e) {
            return "The " + loader.getName() + ": ";
        }
    }
}
