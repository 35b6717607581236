package io.boshcpi.lxd.spi;

import io.boshcpi.spi.Options;
import java.util.List;
import org.apiguardian.api.API;
import org.pf4j.ExtensionPoint;

/**
 * Adds devices to an instance. There may be many; two that read the same cloud property, or that add a device of the
 * same name, are an error that names both.
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface DeviceContributor extends ExtensionPoint, SubPlugin {
    /**
     * The cloud properties of a VM that it reads, such as {@code devices}. The provider checks what an operator wrote with
     * them before it asks for the devices.
     */
    Options options();

    /**
     * The devices for a VM. Called once for each VM.
     *
     * @throws io.boshcpi.spi.CpiException that names the property ({@link io.boshcpi.spi.PropertyTree#wrong}) if it is
     *     wrong
     */
    List<Device> devices(DeviceRequest request);
}
