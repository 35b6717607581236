package io.boshcpi.lxd.spi;

import io.boshcpi.spi.PropertyTree;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.pf4j.ExtensionPoint;

/**
 * Adds devices to an instance. There may be many; two that read the same cloud property, or that add a device of the
 * same name, are an error that names both.
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface DeviceContributor extends ExtensionPoint {
    /** The keys of a VM's cloud properties that it reads, such as {@code "devices"}. */
    Set<String> properties();

    /**
     * The devices for a VM.
     *
     * @param kind what the VM will be
     * @param properties the VM's cloud properties; only the keys of {@link #properties()}
     * @throws io.boshcpi.spi.CpiException that names the property ({@link PropertyTree#wrong}) if it is wrong
     */
    List<Device> devices(InstanceKind kind, PropertyTree properties);
}
