package io.boshcpi.lxd.provider.stemcell;

import io.boshcpi.lxd.client.session.UploadProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the progress of an upload every few seconds. */
final class UploadLog implements UploadProgress {
    private static final Logger LOG = LoggerFactory.getLogger(UploadLog.class);
    private static final long EVERY_NANOS = 3_000_000_000L;

    private long last = System.nanoTime();

    @Override
    public void sent(long sentBytes, long totalBytes) {
        long now = System.nanoTime();
        if (now - last >= EVERY_NANOS) {
            last = now;
            LOG.info("Uploaded {} of {} MiB", sentBytes >> 20, totalBytes >> 20);
        }
    }
}
