package io.boshcpi.lxd.provider.disk;

import java.util.Optional;

/**
 * The cloud properties of a disk type, besides the options of the pool's driver.
 *
 * @param storagePool the pool to make the disk in
 * @param name given by BOSH for a dynamic disk; the disk's CID is its name, so it is not used
 */
public record DiskProperties(Optional<String> storagePool, Optional<String> name) {}
