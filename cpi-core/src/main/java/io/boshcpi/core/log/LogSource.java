package io.boshcpi.core.log;

/**
 * A class loader of code that is not the host's. Threads whose context class loader it is log under its name, also those
 * that such code has started itself.
 */
public interface LogSource {
    /** What stands in each of the lines. */
    String logName();
}
