package io.boshcpi.lxd.provider.server;

import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.DeviceContributor;
import io.boshcpi.lxd.spi.DeviceRequest;
import io.boshcpi.lxd.spi.InstanceKind;
import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.lxd.spi.ProjectResolver;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.ProviderContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.pf4j.ExtensionPoint;

/**
 * The extensions of sub-plugins, found by what they serve. If two serve the same thing, the error names both; if none
 * serves what a call needs, that is an error too.
 *
 * <p>Each kind is loaded when a call first needs it.
 */
public final class Contributors {
    private final ProviderContext context;

    public Contributors(ProviderContext context) {
        this.context = context;
    }

    /** The one resolver of projects. */
    public ProjectResolver projects() {
        List<ProjectResolver> resolvers = context.extensions(ProjectResolver.class);
        if (resolvers.size() != 1) {
            throw new CpiException(
                    ErrorType.CPI_ERROR,
                    "Exactly one plugin must resolve projects, but there are " + resolvers.size() + names(resolvers)
                            + "; the plugin lxd-project is the usual one");
        }
        return resolvers.get(0);
    }

    /** The driver of a pool. */
    public StorageDriver storage(String pool, String driverName) {
        Map<String, StorageDriver> drivers = new LinkedHashMap<>();
        for (StorageDriver driver : context.extensions(StorageDriver.class)) {
            claim(drivers, "the storage driver " + driver.name(), driver.name(), driver);
        }
        StorageDriver driver = drivers.get(driverName);
        if (driver == null) {
            throw new CpiException(
                    ErrorType.CPI_ERROR,
                    "The storage pool " + pool + " has the driver " + driverName + ", and no plugin knows that one;"
                            + " there are plugins for " + new TreeSet<>(drivers.keySet()));
        }
        return driver;
    }

    /** The cloud properties of a VM: the CPI's own, and those that device contributors read. */
    public Options vmOptions(Options own) {
        Map<String, DeviceContributor> readers = new LinkedHashMap<>();
        Options options = own;
        for (DeviceContributor contributor : context.extensions(DeviceContributor.class)) {
            for (String property : contributor.options().names()) {
                refuseOwn(own, property, contributor);
                claim(readers, "the cloud property " + property, property, contributor);
            }
            options = options.and(contributor.options());
        }
        return options;
    }

    /** The devices that a VM's cloud properties ask for, by name. Asks each contributor once. */
    public Map<String, Device> devices(InstanceKind kind, PropertyTree properties) {
        Map<String, Device> devices = new LinkedHashMap<>();
        Map<String, DeviceContributor> owners = new LinkedHashMap<>();
        for (DeviceContributor contributor : context.extensions(DeviceContributor.class)) {
            for (Device device : contributor.devices(new DeviceRequest(
                    kind, properties.only(contributor.options().names())))) {
                claim(owners, "the device " + device.name(), device.name(), contributor);
                devices.put(device.name(), device);
            }
        }
        return devices;
    }

    /** The NIC that connects to some networks. */
    public Map<String, String> nic(NicRequest request) {
        Map<String, NetworkContributor> contributors = new LinkedHashMap<>();
        for (NetworkContributor contributor : context.extensions(NetworkContributor.class)) {
            for (String type : contributor.types()) {
                claim(contributors, "networks of type " + type, type, contributor);
            }
        }
        PropertyTree properties = request.properties();
        String type = properties.string("type").orElse("bridge");
        NetworkContributor contributor = contributors.get(type);
        if (contributor == null) {
            throw properties.wrong(
                    "type", "is " + type + ", and no plugin connects to that; there are " + contributors.keySet());
        }
        contributor.options().check(properties, Set.of("type"));
        return contributor.nic(request).config();
    }

    /** Refuses an option of an extension whose name is one of the CPI's own. */
    private void refuseOwn(Options own, String name, ExtensionPoint extension) {
        if (own.names().contains(name)) {
            throw new CpiException(
                    ErrorType.CPI_ERROR,
                    "The cloud property " + name + " is the CPI's own, and a plugin claims it: "
                            + context.origin(extension));
        }
    }

    private <T extends ExtensionPoint> void claim(Map<String, T> claimed, String what, String key, T claimant) {
        T other = claimed.putIfAbsent(key, claimant);
        if (other != null && other != claimant) {
            throw new CpiException(
                    ErrorType.CPI_ERROR,
                    "Two plugins claim " + what + ": " + context.origin(other) + " and " + context.origin(claimant));
        }
    }

    private String names(List<? extends ExtensionPoint> extensions) {
        StringBuilder names = new StringBuilder();
        for (ExtensionPoint extension : extensions) {
            names.append(names.length() == 0 ? ": " : ", ").append(context.origin(extension));
        }
        return names.toString();
    }
}
