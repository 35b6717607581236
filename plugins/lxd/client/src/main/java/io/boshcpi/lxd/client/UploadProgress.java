package io.boshcpi.lxd.client;

/** Hears how far an upload is; called from the uploading thread, about once for each MiB. */
@FunctionalInterface
public interface UploadProgress {
    /** Does not listen. */
    UploadProgress NONE = (sent, total) -> {};

    /** @param sentBytes of {@code totalBytes} so far */
    void sent(long sentBytes, long totalBytes);
}
