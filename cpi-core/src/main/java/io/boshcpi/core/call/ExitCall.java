package io.boshcpi.core.call;

import org.jspecify.annotations.Nullable;

/** Finds out who ends the JVM. For hooks that run at its end. */
public final class ExitCall {
    private ExitCall() {}

    /**
     * The place that called {@code System.exit}, as {@code CLASS.METHOD}; {@code null} if the JVM ends by a signal, or
     * since its main thread has returned.
     */
    public static @Nullable String place() {
        for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
            for (int i = stack.length - 2; i >= 0; i--) {
                String type = stack[i].getClassName();
                boolean exits = type.equals("java.lang.System") || type.equals("java.lang.Runtime");
                if (exits && stack[i].getMethodName().equals("exit")) {
                    return stack[i + 1].getClassName() + "." + stack[i + 1].getMethodName();
                }
            }
        }
        return null;
    }
}
