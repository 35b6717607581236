package io.boshcpi.core.log;

/** How much is logged; each level includes those after it. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
}
