package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.spi.InstanceKind;
import io.boshcpi.lxd.spi.VolumeRequest.Content;
import java.util.Optional;

/** What a disk's volume holds, which decides what can use it: a file system for containers, blocks for virtual machines. */
final class DiskContent {
    private DiskContent() {}

    /** The content of a new disk. */
    static Content of(DiskProperties properties, Optional<Instance> user) {
        if (properties.contentType().isPresent()) {
            return named(properties.contentType().get());
        }
        return user.isPresent() ? neededBy(user.get()) : Content.FILESYSTEM;
    }

    static Content of(Volume volume) {
        return named(volume.contentType());
    }

    /** The content of the disks that an instance can use. */
    static Content neededBy(Instance instance) {
        return instance.type().equals(InstanceKind.VIRTUAL_MACHINE.apiName()) ? Content.BLOCK : Content.FILESYSTEM;
    }

    private static Content named(String apiName) {
        return apiName.equals(Content.BLOCK.apiName()) ? Content.BLOCK : Content.FILESYSTEM;
    }
}
