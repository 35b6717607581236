package io.boshcpi.lxd.client.session;

/** Follows the copy of a volume. Called by the waiting thread, about every half minute. */
@FunctionalInterface
public interface TransferProgress {
    /** Called with what the server says about the progress, such as {@code "147.57MB (147.56MB/s)"}; it may be empty. */
    void underWay(String progress);
}
