package io.boshcpi.lxd.client.session;

/** Follows an upload. Called by the uploading thread, about once for each MiB. */
@FunctionalInterface
public interface UploadProgress {
    /** Ignores the progress. */
    UploadProgress NONE = (sent, total) -> {};

    /** Called with the number of bytes sent so far. */
    void sent(long sentBytes, long totalBytes);
}
