package io.boshcpi.lxd.client.model;

import java.util.Map;

/** How full a storage pool is. Inodes are 0 where the file system does not count them. */
public record PoolResources(long usedBytes, long totalBytes, long usedInodes, long totalInodes) {
    /** Reads the server's JSON. */
    public static PoolResources of(Map<String, ?> json) {
        Fields space = new Fields(json).object("space");
        Fields inodes = new Fields(json).object("inodes");
        return new PoolResources(
                space.number("used"), space.number("total"), inodes.number("used"), inodes.number("total"));
    }
}
