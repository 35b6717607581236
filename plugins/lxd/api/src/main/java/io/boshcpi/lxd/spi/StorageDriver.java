package io.boshcpi.lxd.spi;

import io.boshcpi.spi.Options;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.pf4j.ExtensionPoint;

/** Knows one kind of storage pool. There is one per driver; a second one is an error that names both. */
@API(status = API.Status.STABLE, since = "1.0")
public interface StorageDriver extends ExtensionPoint, SubPlugin {
    /** The driver's name as a pool has it: {@code "btrfs"}. */
    String name();

    /** What pools of this kind can do. */
    Set<StorageCapability> capabilities();

    /**
     * The keys of a disk type's cloud properties that become configuration of the volume, such as {@code
     * "zfs.blocksize"}. The provider checks what an operator wrote with them; the server refuses those of another driver.
     *
     * <p>{@link VolumeOptions} has those that many drivers share.
     */
    Options options();

    /** The sizes that volumes can have. */
    default VolumeSizes sizes() {
        return VolumeSizes.any();
    }

    /**
     * The configuration of a new custom volume, or, asked for {@link VolumeRequest.Purpose#ROOT}, whether a VM's root disk
     * can be in the pool. Of what comes back for a root disk only {@code size} is used.
     *
     * @param request whose size is one of {@link #sizes()}
     * @return at least {@code size}, where the request has one; no {@code user.*} keys, which are the provider's. By default
     *     the size and the options as they are
     * @throws io.boshcpi.spi.CpiException that names the property if an option is wrong
     */
    default Map<String, String> volumeConfig(VolumeRequest request) {
        return request.config();
    }
}
