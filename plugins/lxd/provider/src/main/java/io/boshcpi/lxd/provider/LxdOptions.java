package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.provider.disk.DiskProperties;
import io.boshcpi.lxd.provider.network.LxdNetworks;
import io.boshcpi.lxd.provider.vm.ContainerProperties;
import io.boshcpi.lxd.provider.vm.MachineProperties;
import io.boshcpi.lxd.provider.vm.VmProperties;
import io.boshcpi.lxd.spi.DeviceContributor;
import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeSizes;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.OptionGroup;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.ProviderContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What operators can write for the provider and its sub-plugins, place by place. No call comes here. */
final class LxdOptions {
    private static final String VMS = "VMs: `azs`, `vm_types`, `vm_extensions`, and `resource_pools` of create-env";
    private static final String DISKS = "Persistent disks: `disk_types`, and `disk_pools` of create-env";
    private static final String SUBNETS = "Subnets: `networks`";

    private LxdOptions() {}

    static List<OptionGroup> groups(ProviderContext context) {
        List<OptionGroup> groups = new ArrayList<>();
        vms(groups, context);
        disks(groups, context);
        subnets(groups, context);
        groups.add(OptionGroup.of("", "Stemcells: `stemcell.MF`", """
                Of the keys that BOSH's stemcells have, `name`, `version`, `architecture` and `disk_format` are read. One of
                two more makes a light stemcell, whose `image` is an empty file:""", stemcells()));
        return groups;
    }

    private static void vms(List<OptionGroup> groups, ProviderContext context) {
        groups.add(OptionGroup.of("", VMS, """
                BOSH merges them: what a VM extension has overrides the VM type, and that the AZ.

                ```yaml
                vm_types:
                - name: worker
                  cloud_properties:
                    instance_type: c4-m8
                    memory: 12288            # instead of the 8 GiB of c4-m8
                    root_disk: 8192
                    ephemeral_disk: 20480
                    config: {limits.cpu.priority: "5"}
                ```""", VmProperties.OPTIONS));
        groups.add(OptionGroup.of("Fences of containers", VMS, """
                Workloads that make containers themselves, such as Diego cells and Concourse workers, need some of the fences
                lowered; a VM extension is the place for it. What the project forbids is refused by the name of the property,
                rather than left out: such a workload would only fail later, and less clearly. What the operator forbids is refused
                too: `lxd.allow` in [configuration.md](configuration.md#lxdallow) says what cloud configs may use.""", ContainerProperties.OPTIONS));
        groups.add(OptionGroup.of("Virtual machines", VMS, """
                For stemcells that are disks (`openstack-qcow2`, `openstack-raw`); refused for containers, as the fences are for
                virtual machines.""", MachineProperties.OPTIONS));
        for (DeviceContributor contributor : context.extensions(DeviceContributor.class)) {
            groups.add(OptionGroup.of("Devices", VMS, contributor.description(), contributor.options()));
        }
    }

    private static void disks(List<OptionGroup> groups, ProviderContext context) {
        groups.add(OptionGroup.of("", DISKS, """
                With manifests/ops/resize-disk.yml a disk grows in place, while it is detached; to become smaller, its data is
                copied to a new one. Further keys become configuration of the volume. Which there are depends on the driver of
                the pool.

                ```yaml
                disk_types:
                - name: fast
                  disk_size: 10240
                  cloud_properties: {storage_pool: fast, snapshots.schedule: "@daily", snapshots.expiry: 7d}
                ```""", DiskProperties.OPTIONS));
        for (StorageDriver driver : context.extensions(StorageDriver.class)) {
            groups.add(OptionGroup.of(
                    "Pools of the driver `" + driver.name() + "`",
                    DISKS,
                    (driver.description() + "\n\n" + capabilities(driver)).strip(),
                    driver.options()));
        }
    }

    private static String capabilities(StorageDriver driver) {
        List<String> words = new ArrayList<>();
        words.add(has(driver, StorageCapability.ENFORCES_SIZE) ? "sizes are enforced" : "sizes are not enforced");
        words.add(
                has(driver, StorageCapability.GROWS_IN_USE)
                        ? "a disk can grow while it is attached"
                        : "a disk grows only while it is detached");
        words.add(has(driver, StorageCapability.SHRINKS) ? "a disk can shrink" : "a disk never shrinks in place");
        words.add(
                has(driver, StorageCapability.MOVES)
                        ? "disks move to and from other pools"
                        : "disks do not move to or from other pools");
        if (has(driver, StorageCapability.REMOTE)) {
            words.add("every member of a cluster reaches them");
        }
        VolumeSizes sizes = driver.sizes();
        if (sizes.minimumMib() > 1) {
            words.add("a disk has at least " + sizes.minimumMib() + " MiB");
        }
        if (sizes.stepMib() > 1) {
            words.add("sizes are rounded up to a multiple of " + sizes.stepMib() + " MiB");
        }
        String text = String.join("; ", words);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private static boolean has(StorageDriver driver, StorageCapability capability) {
        return driver.capabilities().contains(capability);
    }

    private static void subnets(List<OptionGroup> groups, ProviderContext context) {
        groups.add(OptionGroup.of(
                "",
                SUBNETS,
                "For each subnet; of a `dynamic` network, for the network. Networks of type `vip` have none.",
                Options.of(Option.string(
                        "type", "the kind of network, which decides the further keys; `bridge` if not given"))));
        for (NetworkContributor contributor : context.extensions(NetworkContributor.class)) {
            groups.add(OptionGroup.of(
                    "`type`: `" + String.join("`, `", new TreeSet<>(contributor.types())) + "`",
                    SUBNETS,
                    contributor.description(),
                    contributor.options()));
        }
        groups.add(OptionGroup.of("Networks that BOSH makes", SUBNETS, """
                A network with `managed: true` becomes a bridge of its own. Its subnet has a `range`, or `netmask_bits` and
                takes any free range.""", LxdNetworks.OPTIONS));
    }

    private static Options stemcells() {
        return Options.of(
                Option.string(
                        "image_fingerprint",
                        "the image, or a unique beginning of its fingerprint, which is in the project already; it is used, and"
                                + " never deleted"),
                Option.string(
                        "image_alias",
                        "in place of `image_fingerprint`, an alias of the image in the project; what it stands for at the"
                                + " upload is used from then on"));
    }
}
