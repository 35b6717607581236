package io.boshcpi.lxd.provider.disk;

import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import java.util.Optional;

/** The cloud properties of a disk type, besides the options of the pool's driver. */
public record DiskProperties(Optional<String> storagePool, Optional<String> name) {
    /** What an operator can write. */
    public static final Options OPTIONS = Options.of(
            Option.string("storage_pool", "the pool to make the disk in"),
            Option.string("name", "given by BOSH for a dynamic disk; the disk's CID is its name, so it is not used"));
}
