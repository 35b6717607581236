package io.boshcpi.lxd.spi;

import io.boshcpi.spi.PropertyTree;
import org.apiguardian.api.API;

/**
 * A VM that may need devices.
 *
 * @param kind what the VM will be on the server
 * @param properties the VM's cloud properties; only the keys of {@link DeviceContributor#options()}
 * @param context what else the contributor may know
 */
@API(status = API.Status.STABLE, since = "1.0")
public record DeviceRequest(InstanceKind kind, PropertyTree properties, PluginContext context) {
    /** For tests: a request to a contributor without configuration. */
    public DeviceRequest(InstanceKind kind, PropertyTree properties) {
        this(kind, properties, PluginContext.empty());
    }
}
