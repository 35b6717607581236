package io.boshcpi.lxd.client.model;

import java.util.Map;

/** How full a volume is. {@code totalBytes} is 0 where the server does not tell (Incus on btrfs). */
public record VolumeState(long usedBytes, long totalBytes) {
    /** Reads the {@code usage} member of the server's JSON. */
    public static VolumeState of(Map<String, ?> usage) {
        Fields fields = new Fields(usage);
        return new VolumeState(fields.number("used"), fields.number("total"));
    }
}
