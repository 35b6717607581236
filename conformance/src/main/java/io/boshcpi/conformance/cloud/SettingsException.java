package io.boshcpi.conformance.cloud;

/** What the kit was given cannot be used; the message says why. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Takes the reason. */
    public SettingsException(String message) {
        super(message);
    }
}
