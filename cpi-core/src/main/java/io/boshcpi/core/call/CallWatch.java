package io.boshcpi.core.call;

/** Is told what a call is, as soon as that is known. */
public interface CallWatch {
    /**
     * The envelope was read.
     *
     * @param method the method's name, as it came
     * @param requestId the ID in the log
     */
    void received(String method, String requestId);
}
