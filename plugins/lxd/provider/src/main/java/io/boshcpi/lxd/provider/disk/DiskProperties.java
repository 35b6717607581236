package io.boshcpi.lxd.provider.disk;

import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import java.util.Optional;

/** The cloud properties of a disk type, besides the options of the pool's driver. */
public record DiskProperties(Optional<String> storagePool, Optional<String> contentType, Optional<String> name) {
    /** What an operator can write. */
    public static final Options OPTIONS = Options.of(
            Option.string("storage_pool", "the pool to make the disk in"),
            Option.string(
                            "content_type",
                            "what can use the disk: `filesystem` for containers, `block` for virtual machines. If not"
                                    + " given, as the VM needs it for which BOSH makes the disk; `filesystem` if it names"
                                    + " none")
                    .withAllowed("block", "filesystem"),
            Option.string("name", "given by BOSH for a dynamic disk; the disk's CID is its name, so it is not used"));
}
