package io.boshcpi.lxd.spi;

import io.boshcpi.spi.PropertyTree;
import org.apiguardian.api.API;

/**
 * A VM that may need devices.
 *
 * @param kind what the VM will be on the server
 * @param properties the VM's cloud properties; only the keys of {@link DeviceContributor#options()}
 */
@API(status = API.Status.STABLE, since = "1.0")
public record DeviceRequest(InstanceKind kind, PropertyTree properties) {}
