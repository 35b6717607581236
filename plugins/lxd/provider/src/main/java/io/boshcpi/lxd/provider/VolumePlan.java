package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.spi.VolumeRequest;
import java.util.Map;

/**
 * A custom volume as the server is to be asked for it.
 *
 * @param pool the pool to make it in
 * @param name its name
 * @param content file system or block device
 * @param config {@code size}, the driver's options and the marks
 */
record VolumePlan(String pool, String name, VolumeRequest.Content content, Map<String, String> config) {}
