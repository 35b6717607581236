package io.boshcpi.conformance.wire;

/**
 * The error of an answer, read with lenience: what is missing is empty or false.
 *
 * @param type such as {@code Bosh::Clouds::VMNotFound}
 */
public record CpiError(String type, String message, boolean okToRetry) {
    private static final String PREFIX = "Bosh::Clouds::";

    /** Whether the type is the one of that short name, such as {@code VMNotFound}. */
    public boolean is(String shortName) {
        return type.equals(PREFIX + shortName) || (shortName.equals("NotImplemented") && isHistoricNotImplemented());
    }

    /** Two old spellings that Director and CLI translate. */
    private boolean isHistoricNotImplemented() {
        return (type.equals("InvalidCall") && message.startsWith("Method is not known, got"))
                || (type.equals(PREFIX + "CloudError") && message.startsWith("Invalid Method:"));
    }
}
