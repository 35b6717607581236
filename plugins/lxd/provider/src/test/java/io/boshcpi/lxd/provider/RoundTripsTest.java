package io.boshcpi.lxd.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.fake.TestDisks;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.provider.stemcell.StemcellTraits;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.OnFakeLxd;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskRequest;
import io.boshcpi.spi.NetworkCid;
import io.boshcpi.spi.Networks;
import io.boshcpi.spi.SnapshotCid;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import io.boshcpi.spi.VmCid;
import io.boshcpi.spi.VmResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The budget of requests of each method: what it really asks of the server is the table in {@code docs/performance.md},
 * to the letter. Whoever changes one changes the other.
 */
@Tag("fake")
@ParameterizedClass
@EnumSource(Dialect.class)
final class RoundTripsTest {
    private static final Path DOCUMENT = Path.of("../../../docs/performance.md");
    private static final String HEAD = "| Call | Requests | Which |\n| --- | --: | --- |\n";

    private final OnFakeLxd cloud;
    private final CloudProvider provider;
    private final StringBuilder table = new StringBuilder(HEAD);

    RoundTripsTest(Dialect dialect) throws IOException {
        this.cloud = new OnFakeLxd(dialect);
        this.provider = cloud.provider;
    }

    @AfterEach
    void close() throws IOException {
        cloud.close();
    }

    @Test
    void eachMethodAsksWhatTheDocumentSays() throws IOException {
        StemcellCid runit = stemcells();
        VmCid vm = vms(runit);
        disks(vm);
        networks();
        row("`delete_stemcell`", () -> provider.stemcells().delete(cloud.call, runit));

        String document = Files.readString(DOCUMENT);
        int start = document.indexOf(HEAD);
        int end = document.indexOf("\n\n", start) + 1;
        assertThat(document.substring(Math.max(0, start), end))
                .as("the table of requests in " + DOCUMENT)
                .isEqualTo(table.toString());
    }

    private StemcellCid stemcells() throws IOException {
        List<StemcellCid> made = new ArrayList<>();
        row("`create_stemcell`", () -> made.add(cloud.stemcell()));
        row("`create_stemcell`, there already", cloud::stemcell);
        Map<String, String> light =
                Map.of("image_fingerprint", made.get(0).value().substring("sc-".length(), "sc-".length() + 64));
        row(
                "`create_stemcell`, light",
                () -> provider.stemcells()
                        .create(cloud.call, new StemcellImage(Path.of("none"), Harness.properties(light), Map.of())));
        return made.get(0);
    }

    /** Makes VMs of every kind, and leaves one that runs. */
    private VmCid vms(StemcellCid runit) throws IOException {
        List<VmCid> vms = new ArrayList<>();
        row("`create_vm`, the first of a stemcell with runit", () -> vms.add(cloud.vm(runit, Map.of())));
        remove(vms.remove(0));
        row("`create_vm`, runit", () -> vms.add(cloud.vm(runit, Map.of())));
        VmResources resources = new VmResources(1, 1024, 1024);
        row("`calculate_vm_cloud_properties`", () -> provider.vms().cloudPropertiesFor(resources));
        row("`has_vm`", () -> provider.vms().exists(cloud.call, vms.get(0)));
        row("`set_vm_metadata`", () -> provider.vms().setMetadata(cloud.call, vms.get(0), Map.of("job", "db")));
        row("`reboot_vm`", () -> provider.vms().reboot(cloud.call, vms.get(0)));
        row("`get_disks`", () -> provider.vms().disks(cloud.call, vms.get(0)));
        row("`delete_vm`", () -> provider.vms().delete(cloud.call, vms.remove(0)));

        StemcellCid systemd = cloud.stemcell(StemcellTraits.Init.SYSTEMD);
        cloud.requests();
        row("`create_vm`, the first of a stemcell with systemd", () -> vms.add(cloud.vm(systemd, Map.of())));
        remove(vms.remove(0));
        row("`create_vm`, systemd", () -> vms.add(cloud.vm(systemd, Map.of())));
        remove(vms.remove(0));
        row("`create_vm`, runit, with an ephemeral disk", () -> vms.add(cloud.vm(runit, Map.of("ephemeral_disk", 64))));
        row("`delete_vm`, with an ephemeral disk", () -> provider.vms().delete(cloud.call, vms.remove(0)));
        StemcellCid machines = cloud.machineStemcell(TestDisks.uefi(1 << 20));
        cloud.requests();
        row(
                "`create_vm`, a virtual machine with an ephemeral disk",
                () -> vms.add(cloud.vm(machines, Map.of("ephemeral_disk", 64))));
        row("`delete_vm`, the virtual machine", () -> provider.vms().delete(cloud.call, vms.remove(0)));
        VmCid absent = new VmCid("vm-absent");
        row("`delete_vm`, gone already", () -> provider.vms().delete(cloud.call, absent));
        VmCid last = cloud.vm(runit, Map.of());
        cloud.requests();
        return last;
    }

    private void disks(VmCid vm) throws IOException {
        List<DiskCid> disks = new ArrayList<>();
        row("`create_disk`", () -> disks.add(cloud.disk(64, Map.of())));
        DiskCid disk = disks.get(0);
        row(
                "`create_disk`, for a VM",
                () -> disks.add(provider.disks()
                        .create(cloud.call, new DiskRequest(64, Harness.properties(Map.of()), Optional.of(vm)))));
        row("`has_disk`", () -> provider.disks().exists(cloud.call, disk));
        row("`attach_disk`", () -> provider.disks().attach(cloud.call, vm, disk));
        row("`set_disk_metadata`", () -> provider.disks().setMetadata(cloud.call, disk, Map.of("job", "db")));
        List<SnapshotCid> snapshots = new ArrayList<>();
        row(
                "`snapshot_disk`",
                () -> snapshots.add(provider.snapshots().orElseThrow().create(cloud.call, disk, Map.of("index", "0"))));
        row("`delete_snapshot`", () -> provider.snapshots().orElseThrow().delete(cloud.call, snapshots.get(0)));
        row("`detach_disk`", () -> provider.disks().detach(cloud.call, vm, disk));
        row("`resize_disk`", () -> provider.diskUpdates().orElseThrow().resize(cloud.call, disk, 96));
        row(
                "`update_disk`",
                () -> provider.diskUpdates().orElseThrow().update(cloud.call, disk, 128, Harness.properties(Map.of())));
        row(
                "`update_disk`, to another pool",
                () -> disks.add(provider.diskUpdates()
                        .orElseThrow()
                        .update(cloud.call, disk, 128, Harness.properties(Map.of("storage_pool", "dir")))));
        row("`delete_disk`", () -> provider.disks().delete(cloud.call, disks.get(1)));
        row(
                "`delete_disk`, in another pool than the usual",
                () -> provider.disks().delete(cloud.call, disks.get(2)));
        row("`delete_disk`, gone already", () -> provider.disks().delete(cloud.call, disks.get(1)));
    }

    private void networks() throws IOException {
        Networks networks = provider.networks().orElseThrow();
        List<NetworkCid> made = new ArrayList<>();
        row(
                "`create_network`, with a range",
                () -> made.add(networks.create(cloud.call, network(Optional.of("10.99.1.0/24"), Optional.empty()))
                        .cid()));
        row(
                "`create_network`, with a size only",
                () -> made.add(networks.create(cloud.call, network(Optional.empty(), Optional.of(24)))
                        .cid()));
        row("`delete_network`", () -> networks.delete(cloud.call, made.get(0)));
    }

    private void remove(VmCid vm) {
        provider.vms().delete(cloud.call, vm);
        cloud.requests();
    }

    private static Networks.Request network(Optional<String> range, Optional<Integer> bits) {
        return new Networks.Request(range, Optional.empty(), bits, Harness.properties(Map.of()));
    }

    private void row(String title, Step step) throws IOException {
        cloud.requests();
        step.run();
        List<String> requests = new ArrayList<>();
        int count = 0;
        int times = 0;
        for (String line : cloud.requests()) {
            String request = shown(line);
            if (request.isEmpty()) {
                continue;
            }
            count++;
            int last = requests.size() - 1;
            boolean repeated = last >= 0 && request.equals(requests.get(last).replaceFirst("^\\d+ × ", ""));
            times = repeated ? times + 1 : 1;
            if (repeated) {
                requests.set(last, times + " × " + request);
            } else {
                requests.add(request);
            }
        }
        table.append("| ").append(title).append(" | ").append(count).append(" | ");
        table.append(String.join(", ", requests)).append(" |\n");
    }

    /** Without the API's version, and with words for names; empty for waiting. */
    private static String shown(String line) {
        if (line.endsWith("/wait")) {
            return "";
        }
        return line.replace("/1.0/", "")
                .replaceAll("images/[0-9a-f]{64}", "image")
                .replaceAll("projects/[^/]+", "project")
                .replaceAll("storage-pools/[^/]+/volumes/custom/[^/]+", "volume")
                .replaceAll("storage-pools/[^/]+/volumes/custom", "volumes")
                .replaceAll("storage-pools/[^/]+", "pool")
                .replaceAll("snapshots/[^/]+", "snapshot")
                .replaceAll("networks/[^/]+", "network")
                .replaceAll("instances/[^/]+", "instance");
    }

    /** One call, or whatever else a row is about. */
    private interface Step {
        void run() throws IOException;
    }
}
