package io.boshcpi.lxd.provider.testing;

import io.boshcpi.lxd.devices.MappedDevices;
import io.boshcpi.lxd.network.bridge.BridgeNetwork;
import io.boshcpi.lxd.network.macvlan.HostInterfaceNetwork;
import io.boshcpi.lxd.project.ConfiguredProject;
import io.boshcpi.lxd.provider.LxdProviderFactory;
import io.boshcpi.lxd.provider.server.LxdConfig;
import io.boshcpi.lxd.storage.btrfs.BtrfsStorageDriver;
import io.boshcpi.lxd.storage.ceph.CephStorageDriver;
import io.boshcpi.lxd.storage.dir.DirStorageDriver;
import io.boshcpi.lxd.storage.lvm.LvmStorageDriver;
import io.boshcpi.lxd.storage.zfs.ZfsStorageDriver;
import io.boshcpi.spi.AgentId;
import io.boshcpi.spi.AgentSettings;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.ProviderContext;
import io.boshcpi.spi.Secret;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.VmRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pf4j.ExtensionPoint;

/** Calls the provider as the host does, without the host. */
public final class Harness {
    private static final List<ExtensionPoint> EXTENSIONS = List.of(
            new BtrfsStorageDriver(),
            new DirStorageDriver(),
            new ZfsStorageDriver(),
            new LvmStorageDriver(),
            new CephStorageDriver(),
            new BridgeNetwork(),
            new HostInterfaceNetwork(),
            new ConfiguredProject(),
            new MappedDevices());

    private Harness() {}

    public static List<ExtensionPoint> extensions() {
        return EXTENSIONS;
    }

    public static CloudProvider provider(Map<String, ? extends @Nullable Object> config) {
        return provider(config, List.of());
    }

    public static CloudProvider provider(
            Map<String, ? extends @Nullable Object> config, List<? extends ExtensionPoint> further) {
        List<ExtensionPoint> extensions = new ArrayList<>(EXTENSIONS);
        extensions.addAll(further);
        return new LxdProviderFactory()
                .create(PropertyTree.of("lxd", config).bind(LxdConfig.class), context(extensions));
    }

    public static ProviderContext context(List<ExtensionPoint> extensions) {
        return context(extensions, Map.of());
    }

    /** A host in which each plugin has the same configuration. */
    public static ProviderContext context(List<ExtensionPoint> extensions, Map<String, Object> configuration) {
        return new ProviderContext() {
            @Override
            public <C extends Record> C configuration(ExtensionPoint extension, Class<C> type) {
                return PropertyTree.of("configuration.plugins.sample", configuration)
                        .bind(type);
            }

            @Override
            public <E extends ExtensionPoint> List<E> extensions(Class<E> type) {
                List<E> found = new ArrayList<>();
                for (ExtensionPoint extension : extensions) {
                    if (type.isInstance(extension)) {
                        found.add(type.cast(extension));
                    }
                }
                return found;
            }

            @Override
            public Clock clock() {
                return Clock.systemUTC();
            }
        };
    }

    /** A call of a Director of that UUID. */
    public static Call call(String directorUuid) {
        return new Call("cpi-000001", Optional.of(directorUuid), Deadline.in(Duration.ofMinutes(5)));
    }

    public static PropertyTree properties(Map<String, ? extends @Nullable Object> values) {
        return PropertyTree.of("cloud_properties", values);
    }

    public static NetworkSpec manual(String name, String ip, String gateway, Map<String, ?> properties) {
        return NetworkSpec.of(
                name,
                PropertyTree.of(
                        "networks." + name,
                        Map.of(
                                "type",
                                "manual",
                                "ip",
                                ip,
                                "netmask",
                                "255.255.255.0",
                                "gateway",
                                gateway,
                                "dns",
                                List.of(gateway),
                                "default",
                                List.of("dns", "gateway"),
                                "cloud_properties",
                                properties)));
    }

    public static NetworkSpec dynamic(String name, Map<String, ?> properties) {
        return NetworkSpec.of(
                name, PropertyTree.of("networks." + name, Map.of("type", "dynamic", "cloud_properties", properties)));
    }

    public static VmRequest vm(StemcellCid stemcell, Map<String, ?> properties, List<NetworkSpec> networks) {
        AgentSettings agent = new AgentSettings(
                new AgentId(UUID.randomUUID().toString()),
                Optional.of(new Secret("nats://nats:mbus-secret@10.0.0.6:4222")),
                Map.of("provider", "local", "options", Map.of("blobstore_path", "/var/vcap/micro_bosh/data/cache")),
                List.of("time1.example"),
                Map.of("bosh", Map.of("password", "env-secret", "tags", Map.of("team", "lab"))));
        return new VmRequest(agent, stemcell, properties(properties), networks, List.of());
    }
}
