package io.boshcpi.core.status;

import java.util.Locale;

/** Why a host sends launchers away, which then make a cold call. */
public enum Refusal {
    /** The greeting is not understood. */
    GREETING,
    /** The launcher is of another build. */
    BUILD,
    /** The launcher runs from another folder. */
    FOLDER,
    /** The launcher has another configuration file. */
    CONFIGURATION,
    /** The launcher sees another state of the configuration file. */
    STATE,
    /** There is no memory for the request. */
    MEMORY,
    /** Too many calls are under way. */
    CALLS,
    /** The host is being stopped. */
    STOPPING;

    /** The reason as a value of labels and keys. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
