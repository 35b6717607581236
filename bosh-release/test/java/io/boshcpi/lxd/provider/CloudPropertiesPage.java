package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.devices.MappedDevices;
import io.boshcpi.lxd.network.bridge.BridgeNetwork;
import io.boshcpi.lxd.network.macvlan.HostInterfaceNetwork;
import io.boshcpi.lxd.network.ovn.OvnNetwork;
import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.storage.btrfs.BtrfsStorageDriver;
import io.boshcpi.lxd.storage.ceph.CephStorageDriver;
import io.boshcpi.lxd.storage.dir.DirStorageDriver;
import io.boshcpi.lxd.storage.lvm.LvmStorageDriver;
import io.boshcpi.lxd.storage.zfs.ZfsStorageDriver;
import io.boshcpi.release.Repository;
import io.boshcpi.release.Source;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes docs/cloud-properties.md out of the records that cloud properties are bound to, their comments, and the options that
 * the sub-plugins declare. What the options mean to the server stands in cloud-property-options.yml.
 */
final class CloudPropertiesPage {
    static final List<StorageDriver> DRIVERS = List.of(
            new BtrfsStorageDriver(),
            new CephStorageDriver(),
            new DirStorageDriver(),
            new LvmStorageDriver(),
            new ZfsStorageDriver());
    static final List<NetworkContributor> NETWORKS =
            List.of(new BridgeNetwork(), new OvnNetwork(), new HostInterfaceNetwork());

    private static final String PROVIDER = "plugins/lxd/provider/src/main/java/io/boshcpi/lxd/provider/";

    private final StringBuilder page = new StringBuilder();

    String text() {
        page.append("""
                # Cloud properties

                <!-- Made from the code by CloudPropertiesPageTest in bosh-release/test; change comments and records there. -->

                What AZs, VM types, VM extensions, disk types and subnets can have under `cloud_properties` in a cloud config. An
                unknown key is refused by name, with the nearest known one. Sizes are in MiB.

                """);
        vms();
        devices();
        disks();
        networks();
        stemcells();
        return page.toString().stripTrailing() + "\n";
    }

    private void vms() {
        page.append("""
                ## VMs

                Of `azs`, `vm_types` and `vm_extensions` in the cloud config, and of `resource_pools` in a create-env manifest. BOSH
                merges them: what a VM extension has overrides the VM type, and that the AZ.

                """);
        for (String record : vmRecords()) {
            Path source = file(PROVIDER + record + ".java");
            if (!record.equals("VmProperties")) {
                page.append(Source.of(source, "record " + record + "(").description())
                        .append("\n\n");
            }
            table(type("io.boshcpi.lxd.provider." + record), source);
        }
        page.append("""
                ```yaml
                vm_types:
                - name: worker
                  cloud_properties:
                    instance_type: c4-m8
                    memory: 12288            # instead of the 8 GiB of c4-m8
                    root_disk: 8192
                    ephemeral_disk: 20480
                    config: {limits.cpu.priority: "5"}
                ```

                """);
    }

    /** All records of the provider that hold properties, but those of disks; VmProperties comes first. */
    private static List<String> vmRecords() {
        try (Stream<Path> files = Files.list(file(PROVIDER))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Properties.java") && !name.equals("DiskProperties.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .sorted((a, b) -> b.compareTo(a))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void devices() {
        page.append("## Devices\n\nOf a VM: ")
                .append(new MappedDevices().description())
                .append("""


                A proxy device whose `listen` lies in `/warden-cpi-dev/` gets that folder made. For instance the host's socket,
                for a Director that lives in the container:

                ```yaml
                devices:
                  lxd-socket: {type: proxy, bind: instance, connect: "unix:/var/lib/lxd/unix.socket", listen: "unix:/warden-cpi-dev/lxd.socket", uid: "1000", gid: "1000", mode: "0600"}
                ```

                """);
    }

    private void disks() {
        page.append("""
                ## Persistent disks

                Of `disk_types` in the cloud config, and of `disk_pools` in a create-env manifest. With manifests/ops/resize-disk.yml
                a disk grows in place, while it is detached; to become smaller, its data is copied to a new one.

                """);
        table(DiskProperties.class, file(PROVIDER + "DiskProperties.java"));
        page.append(
                "Further keys become configuration of the volume. Which there are depends on the driver of the pool:\n\n");
        for (StorageDriver driver : DRIVERS) {
            page.append("### Pools of the driver `").append(driver.name()).append("`\n\n");
            page.append(driver.description()).append("\n\n");
            page.append(
                    driver.capabilities().contains(StorageCapability.ENFORCES_SIZE)
                            ? "Sizes are enforced.\n\n"
                            : "Sizes are not enforced.\n\n");
            options(driver.options());
        }
        page.append("""
                ```yaml
                disk_types:
                - name: fast
                  disk_size: 10240
                  cloud_properties: {storage_pool: fast, snapshots.schedule: "@daily", snapshots.expiry: 7d}
                ```

                """);
    }

    private void networks() {
        page.append("""
                ## Subnets

                Of `networks` in the cloud config, one for each subnet; of a `dynamic` network, for the network. `type` says which plugin
                makes the NIC; without it that is `bridge`. Networks of type `vip` have none.

                """);
        for (NetworkContributor network : NETWORKS) {
            page.append("### `type`: ")
                    .append(codes(new TreeSet<>(network.types())))
                    .append("\n\n");
            page.append(network.description()).append("\n\n");
            options(network.options());
        }
        page.append("""
                ### Networks that BOSH makes

                A network with `managed: true` becomes a bridge of its own. Its subnet has a `range`, or `netmask_bits` and takes any free
                range.

                """);
        table(type("io.boshcpi.lxd.provider.LxdNetworks$BridgeProperties"), file(PROVIDER + "LxdNetworks.java"));
    }

    private void stemcells() {
        page.append("""
                ## Stemcells

                They stand in the stemcell's `stemcell.MF`. Of those that BOSH's stemcells have, `name`, `version`, `architecture` and
                `disk_format` are read. One more makes a light stemcell, whose `image` is an empty file:

                | Key | Value | Meaning |
                | --- | --- | --- |
                | `image_fingerprint` | string | the image, or a unique beginning of its fingerprint, which is in the project already; it is used, and never deleted |
                """);
    }

    private void table(Class<?> record, Path source) {
        Map<String, String> meaning =
                Source.of(source, "record " + record.getSimpleName() + "(").components();
        page.append("| Key | Value | Meaning |\n| --- | --- | --- |\n");
        for (RecordComponent component : record.getRecordComponents()) {
            String words = meaning.get(component.getName());
            if (words == null) {
                throw new AssertionError(record + " does not say what " + component.getName() + " means");
            }
            page.append("| `")
                    .append(key(component.getName()))
                    .append("` | ")
                    .append(value(component.getGenericType()))
                    .append(isRequired(component) ? ", required" : "")
                    .append(" | ")
                    .append(keysInsteadOfNames(words, meaning.keySet()))
                    .append(" |\n");
        }
        page.append('\n');
    }

    private static String key(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** Comments speak of components by the names that they have in Java. */
    private static String keysInsteadOfNames(String words, Set<String> names) {
        String text = words.replace("|", "\\|");
        for (String name : names) {
            text = text.replace("`" + name + "`", "`" + key(name) + "`");
        }
        return text;
    }

    private static boolean isRequired(RecordComponent component) {
        Class<?> type = component.getType();
        return type != Optional.class && type != List.class && type != Map.class;
    }

    private void options(Options options) {
        page.append("| Key | Value | Meaning |\n| --- | --- | --- |\n");
        for (Option option : options.asList()) {
            page.append("| `")
                    .append(option.name())
                    .append("` | ")
                    .append(option.kind().words())
                    .append(option.isRequired() ? ", required" : "")
                    .append(option.limits().isEmpty() ? "" : ", " + option.limits())
                    .append(" | ")
                    .append(option.description().replace("|", "\\|"))
                    .append(option.defaultValue()
                            .map(value -> "; `" + value + "` if not given")
                            .orElse(""))
                    .append(" |\n");
        }
        page.append('\n');
    }

    private static String value(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            Type argument = parameterized.getActualTypeArguments()[0];
            if (parameterized.getRawType() == Optional.class) {
                return value(argument);
            }
            return parameterized.getRawType() == List.class ? "list of " + value(argument) + "s" : "hash of strings";
        }
        return type == Integer.class ? "whole number" : type == Boolean.class ? "true or false" : "string";
    }

    private static String codes(Set<String> words) {
        return words.isEmpty() ? "" : "`" + String.join("`, `", words) + "`";
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Path file(String path) {
        return Repository.root().resolve(path);
    }
}
