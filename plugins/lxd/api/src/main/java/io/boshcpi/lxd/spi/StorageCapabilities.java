package io.boshcpi.lxd.spi;

import org.apiguardian.api.API;

/**
 * What a storage pool can do.
 *
 * @param enforcesSize whether a volume cannot outgrow its size
 * @param growsInUse whether a volume can grow while an instance has it attached
 * @param shrinks whether a volume can be made smaller in place
 * @param remote whether every member of a cluster reaches the same volumes
 */
@API(status = API.Status.STABLE, since = "1.0")
public record StorageCapabilities(boolean enforcesSize, boolean growsInUse, boolean shrinks, boolean remote) {}
