package io.boshcpi.lxd.provider.server;

import io.boshcpi.lxd.client.model.Project;
import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.DeviceContributor;
import io.boshcpi.lxd.spi.DeviceRequest;
import io.boshcpi.lxd.spi.InstanceKind;
import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.lxd.spi.PluginContext;
import io.boshcpi.lxd.spi.ProjectRequest;
import io.boshcpi.lxd.spi.ProjectResolver;
import io.boshcpi.lxd.spi.ProjectRules;
import io.boshcpi.lxd.spi.ProjectRulesRequest;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.SubPlugin;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.Maintenance.Finding;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.ProviderContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.pf4j.ExtensionPoint;

/**
 * The extensions of sub-plugins, found by what they serve. If two serve the same thing, the error names both; if none
 * serves what a call needs, that is an error too. What they answer is checked before anything is made of it.
 *
 * <p>Each kind is loaded when a call first needs it.
 */
public final class Contributors {
    private final ProviderContext context;

    public Contributors(ProviderContext context) {
        this.context = context;
    }

    /** The project of a call. */
    String project(Call call, String configured) {
        ProjectResolver resolver = projects();
        ProjectRequest request = new ProjectRequest(call, configured, in(resolver));
        return answers(resolver).name("project", resolver.project(request));
    }

    /** What a project allows. */
    public ProjectRules rules(Project project) {
        ProjectResolver resolver = projects();
        ProjectRulesRequest request = new ProjectRulesRequest(project.name(), project.config(), in(resolver));
        return answers(resolver).rules(resolver.rules(request));
    }

    /** The one resolver of projects. */
    private ProjectResolver projects() {
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
        Optional<StorageDriver> driver = findStorage(driverName);
        if (driver.isEmpty()) {
            throw new CpiException(
                    ErrorType.CPI_ERROR,
                    "The storage pool " + pool + " has the driver " + driverName + ", and no plugin knows that one;"
                            + " there are plugins for "
                            + new TreeSet<>(drivers().settled().keySet()));
        }
        return driver.get();
    }

    /** The driver of that name, if a plugin knows it. */
    public Optional<StorageDriver> findStorage(String driverName) {
        StorageDriver driver = drivers().settled().get(driverName);
        return driver == null ? Optional.empty() : Optional.of(new CheckedDriver(driver, answers(driver), in(driver)));
    }

    private Claims<StorageDriver> drivers() {
        Claims<StorageDriver> drivers = new Claims<>(context);
        for (StorageDriver driver : context.extensions(StorageDriver.class)) {
            String name = answers(driver).name("driver", driver.name());
            drivers.claim("the storage driver " + name, name, driver);
        }
        return drivers;
    }

    /** The cloud properties of a VM: the CPI's own, and those that device contributors read. */
    public Options vmOptions(Options own) {
        readers(own).settled();
        Options options = own;
        for (DeviceContributor contributor : context.extensions(DeviceContributor.class)) {
            options = options.and(contributor.options());
        }
        return options;
    }

    private Claims<DeviceContributor> readers(Options own) {
        Claims<DeviceContributor> readers = new Claims<>(context);
        for (DeviceContributor contributor : context.extensions(DeviceContributor.class)) {
            for (String property : contributor.options().names()) {
                if (own.names().contains(property)) {
                    readers.refuse("The cloud property " + property + " is the CPI's own, and a plugin claims it: "
                            + context.origin(contributor));
                } else {
                    readers.claim("the cloud property " + property, property, contributor);
                }
            }
        }
        return readers;
    }

    /** The devices that a VM's cloud properties ask for, by name. Asks each contributor once. */
    public Map<String, Device> devices(InstanceKind kind, PropertyTree properties) {
        Map<String, Device> devices = new LinkedHashMap<>();
        Claims<DeviceContributor> owners = new Claims<>(context);
        for (DeviceContributor contributor : context.extensions(DeviceContributor.class)) {
            DeviceRequest request = new DeviceRequest(
                    kind, properties.only(contributor.options().names()), in(contributor));
            for (Device device : answers(contributor).devices(contributor.devices(request))) {
                owners.claim("the device " + device.name(), device.name(), contributor);
                devices.put(device.name(), device);
            }
        }
        owners.settled();
        return devices;
    }

    /** The NIC that connects to some networks. */
    public Map<String, String> nic(NicRequest asked) {
        Map<String, NetworkContributor> contributors = networks().settled();
        PropertyTree properties = asked.properties();
        String type = properties.string("type").orElse("bridge");
        NetworkContributor contributor = contributors.get(type);
        if (contributor == null) {
            throw properties.wrong(
                    "type",
                    "is " + type + ", and no plugin connects to that; there are "
                            + new TreeSet<>(contributors.keySet()));
        }
        contributor.options().check(properties, Set.of("type"));
        NicRequest request = asked.in(in(contributor));
        return answers(contributor).nic(request, contributor.nic(request));
    }

    private Claims<NetworkContributor> networks() {
        Claims<NetworkContributor> contributors = new Claims<>(context);
        for (NetworkContributor contributor : context.extensions(NetworkContributor.class)) {
            for (String type : contributor.types()) {
                String name = answers(contributor).name("type of networks", type);
                contributors.claim("networks of type " + name, name, contributor);
            }
        }
        return contributors;
    }

    /**
     * What calls would meet sooner or later: two sub-plugins for one thing.
     *
     * @param own the cloud properties of VMs that are the CPI's own
     */
    public List<String> conflicts(Options own) {
        Claims<ExtensionPoint> all = new Claims<>(context);
        if (context.extensions(ProjectResolver.class).size() != 1) {
            try {
                projects();
            } catch (CpiException e) {
                all.refuse(e.getMessage());
            }
        }
        all.refuseAll(drivers());
        all.refuseAll(networks());
        all.refuseAll(readers(own));
        return all.conflicts();
    }

    /**
     * What all sub-plugins have to say about their health, and about their configuration if that is wrong.
     *
     * @param findings gets it
     */
    public void health(List<Finding> findings) {
        health(context.extensions(StorageDriver.class), findings);
        health(context.extensions(NetworkContributor.class), findings);
        health(context.extensions(DeviceContributor.class), findings);
        health(context.extensions(ProjectResolver.class), findings);
    }

    private <E extends ExtensionPoint & SubPlugin> void health(List<E> extensions, List<Finding> findings) {
        for (E extension : extensions) {
            PluginContext ofExtension = in(extension);
            try {
                ofExtension.configuration(extension.configType());
                findings.addAll(answers(extension).findings(extension.health(ofExtension)));
            } catch (CpiException e) {
                findings.add(Finding.error(
                        context.origin(extension),
                        e.getMessage(),
                        "correct its section of plugins in the configuration, or what the message names"));
            }
        }
    }

    /** What an extension may know. */
    private PluginContext in(ExtensionPoint extension) {
        return new ExtensionContext(context, extension);
    }

    private Answers answers(ExtensionPoint extension) {
        return new Answers(context, extension);
    }

    private String names(List<? extends ExtensionPoint> extensions) {
        StringBuilder names = new StringBuilder();
        for (ExtensionPoint extension : extensions) {
            names.append(names.length() == 0 ? ": " : ", ").append(context.origin(extension));
        }
        return names.toString();
    }
}
