package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.spi.VolumeRequest;
import java.util.Map;

/**
 * A custom volume to be created.
 *
 * @param pool its storage pool
 * @param name its name
 * @param content file system or block device
 * @param config {@code size}, the driver's options and the marks
 */
public record VolumePlan(String pool, String name, VolumeRequest.Content content, Map<String, String> config) {}
