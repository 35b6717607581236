package io.boshcpi.lxd.client.session;

/** Hears how far an upload is; called from the uploading thread, about once for each MiB. */
@FunctionalInterface
public interface UploadProgress {
    /** Does not listen. */
    UploadProgress NONE = (sent, total) -> {};

    /** Hears that so many bytes of the total are sent. */
    void sent(long sentBytes, long totalBytes);
}
