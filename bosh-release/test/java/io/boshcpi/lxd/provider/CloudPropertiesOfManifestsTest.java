package io.boshcpi.lxd.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.devices.MappedDevices;
import io.boshcpi.lxd.network.bridge.BridgeNetwork;
import io.boshcpi.lxd.provider.disk.DiskProperties;
import io.boshcpi.lxd.provider.server.Contributors;
import io.boshcpi.lxd.provider.server.LxdConfig;
import io.boshcpi.lxd.provider.server.Policy;
import io.boshcpi.lxd.provider.vm.VmProperties;
import io.boshcpi.lxd.spi.DeviceRequest;
import io.boshcpi.lxd.spi.InstanceKind;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.lxd.storage.btrfs.BtrfsStorageDriver;
import io.boshcpi.release.Manifest;
import io.boshcpi.release.Repository;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.ProviderContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pf4j.ExtensionPoint;

/** The cloud properties that stand in manifests/ are those that the code knows. */
class CloudPropertiesOfManifestsTest {
    private static final MappedDevices DEVICES = new MappedDevices();

    @ParameterizedTest
    @ValueSource(strings = {"/azs", "/vm_types", "/vm_extensions"})
    void thoseOfVmsAreKnown(String section) {
        for (Object entry : Repository.list(cloudConfig().get(section))) {
            vm(Repository.hash(entry));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpi.yml", "ops/https.yml", "ops/incus.yml"})
    void thoseOfTheDirectorsVmAreKnown(String opsFile) {
        for (Object operation :
                Repository.list(Repository.yaml(Repository.manifests().resolve(opsFile)))) {
            Map<String, @Nullable Object> op = Repository.hash(operation);
            if (String.valueOf(op.get("path")).startsWith("/resource_pools/name=vms/cloud_properties?")) {
                vm(Map.of("cloud_properties", Repository.hash(op.get("value"))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "/disk_types")
    void thoseOfDisksAreKnown(String section) {
        for (Object entry : Repository.list(cloudConfig().get(section))) {
            assertThat(properties(Repository.hash(entry))
                            .bind(DiskProperties.class, new BtrfsStorageDriver().options()))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "/networks/name=default/subnets")
    void thoseOfSubnetsAreKnown(String section) {
        for (Object entry : Repository.list(cloudConfig().get(section))) {
            NetworkSpec network = NetworkSpec.of(
                    "default",
                    PropertyTree.of(
                            "networks.default",
                            Map.of(
                                    "type",
                                    "manual",
                                    "ip",
                                    "10.245.0.32",
                                    "netmask",
                                    "255.255.255.0",
                                    "cloud_properties",
                                    Repository.hash(Repository.hash(entry).get("cloud_properties")))));
            assertThat(new BridgeNetwork()
                            .nic(new NicRequest(InstanceKind.CONTAINER, "eth0", List.of(network), Optional.empty()))
                            .config())
                    .containsEntry("network", "boshbr0");
        }
    }

    @Test
    void theOpsFileAllowsWhatTheExtensionsNeedInARestrictedProject() {
        Object operation = Repository.list(
                        Repository.yaml(Repository.manifests().resolve("ops/allow-privileged.yml")))
                .get(0);
        Map<String, @Nullable Object> allow =
                Repository.hash(Repository.hash(operation).get("value"));
        Policy strict = Policy.of(PropertyTree.empty("lxd").bind(LxdConfig.class), true);
        Policy allowing =
                Policy.of(PropertyTree.of("lxd", Map.of("allow", allow)).bind(LxdConfig.class), true);
        for (String section : List.of("/vm_types", "/vm_extensions")) {
            for (Object entry : Repository.list(cloudConfig().get(section))) {
                allowing.checkVm(properties(Repository.hash(entry)));
            }
        }
        for (String name : List.of("privileged", "loop-devices")) {
            Object extension = cloudConfig().get("/vm_extensions/name=" + name);
            assertThatThrownBy(() -> strict.checkVm(properties(Repository.hash(extension))))
                    .hasMessageContaining("lxd.allow.");
        }
    }

    private static void vm(Map<String, ?> entry) {
        PropertyTree properties = properties(entry);
        VmProperties vm = VmProperties.of(properties, new Contributors(new OnlyDevices()));
        assertThat(vm.cpuLimit().isPresent()).isEqualTo(vm.instanceType().isPresent());
        assertThat(DEVICES.devices(new DeviceRequest(
                        InstanceKind.CONTAINER,
                        properties.only(DEVICES.options().names()))))
                .hasSameSizeAs(properties.section("devices").keys());
    }

    private static PropertyTree properties(Map<String, ?> entry) {
        Object given = entry.get("cloud_properties");
        return PropertyTree.of("cloud_properties", given == null ? Map.of() : Repository.hash(given));
    }

    private static Manifest cloudConfig() {
        return Manifest.of(Repository.manifests().resolve("cloud-config.yml"))
                .fill(Repository.hash(Repository.yaml(Repository.manifests().resolve("bosh-vars.yml"))));
    }

    /** The plugins that the cloud properties of VMs are read with. */
    private static final class OnlyDevices implements ProviderContext {
        @Override
        public <E extends ExtensionPoint> List<E> extensions(Class<E> type) {
            return type.isInstance(DEVICES) ? List.of(type.cast(DEVICES)) : List.of();
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }
    }
}
