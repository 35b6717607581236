package io.boshcpi.core.plugin;

import io.boshcpi.spi.CpiException;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginRuntimeException;

/**
 * What a plugin threw, with the class, message, trace and causes that it had when it was thrown.
 *
 * <p>An exception of a plugin's own class runs the plugin's code wherever it is told: its message may fail or hang, and its
 * causes need not end. So it is copied while the plugin has its time, and only the copy is told.
 */
final class PluginFailure extends PluginRuntimeException {
    private static final long serialVersionUID = 1L;

    /** Of causes that do not end, the rest is of no interest. */
    private static final int MAX_CAUSES = 20;

    private final String className;

    private PluginFailure(String className, @Nullable String message) {
        super(message);
        this.className = className;
    }

    /** The throwable itself if it runs no code of a plugin, and neither do its causes; a copy otherwise. */
    static Throwable settled(Throwable thrown) {
        if (isSettled(thrown)) {
            return thrown;
        } else if (thrown instanceof InvocationTargetException && thrown.getCause() != null) {
            return new InvocationTargetException(settled(thrown.getCause()));
        } else if (thrown instanceof CpiException error) {
            return copy(error);
        }
        return copy(thrown, 0);
    }

    /** The host's own exception, of which only the causes are the plugin's. */
    private static CpiException copy(CpiException error) {
        Throwable cause = error.getCause();
        CpiException copy = new CpiException(
                error.type(), error.okToRetry(), error.getMessage(), cause == null ? null : copy(cause, 0));
        copy.setStackTrace(error.getStackTrace());
        for (Throwable suppressed : error.getSuppressed()) {
            copy.addSuppressed(settled(suppressed));
        }
        return copy;
    }

    private static boolean isSettled(Throwable thrown) {
        Throwable at = thrown;
        for (int i = 0; i < MAX_CAUSES; i++) {
            if (at instanceof PluginFailure) {
                return true;
            } else if (isForeign(at)) {
                return false;
            }
            for (Throwable suppressed : at.getSuppressed()) {
                if (isForeign(suppressed)) {
                    return false;
                }
            }
            Throwable cause = at.getCause();
            if (cause == null) {
                return true;
            }
            at = cause;
        }
        return false;
    }

    private static boolean isForeign(Throwable thrown) {
        return thrown.getClass().getClassLoader() instanceof IsolatedClassLoader;
    }

    @SuppressWarnings("CatchingUnchecked") // Whatever the plugin's methods throw.
    private static PluginFailure copy(Throwable thrown, int depth) {
        PluginFailure copy;
        try {
            copy = new PluginFailure(thrown.getClass().getName(), thrown.getMessage());
        } catch (Throwable e) {
            copy = new PluginFailure(
                    thrown.getClass().getName(),
                    "(its getMessage throws " + e.getClass().getName() + ")");
        }
        try {
            copy.setStackTrace(thrown.getStackTrace());
            Throwable cause = thrown.getCause();
            if (cause != null && cause != thrown && depth < MAX_CAUSES) {
                copy.initCause(copy(cause, depth + 1));
            }
        } catch (Throwable e) {
            copy.addSuppressed(new PluginFailure(e.getClass().getName(), "thrown by a method of that exception"));
        }
        return copy;
    }

    /** The name of a throwable's class for people; of an anonymous class the whole name, since it has no other. */
    static String nameOf(Throwable thrown) {
        String name = thrown instanceof PluginFailure failure
                ? failure.className
                : thrown.getClass().getName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // In a trace the class is that of what was thrown.
    public String toString() {
        return getMessage() == null ? className : className + ": " + getMessage();
    }
}
