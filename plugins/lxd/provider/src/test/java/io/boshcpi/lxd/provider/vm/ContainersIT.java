package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.LxdClient;
import io.boshcpi.lxd.client.engine.Request;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.client.transport.Transport;
import io.boshcpi.lxd.fake.GuestShell;
import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.OnRealServers;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskRequest;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.SnapshotCid;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import io.boshcpi.spi.VmCid;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BOSH VMs as containers of a real server, from stemcells of both kinds. */
@OnRealServers
final class ContainersIT {
    private static final Duration BOOT_TIME = Duration.ofSeconds(30);

    private final RealServer server;
    private final CloudProvider provider;
    private final LxdClient client;
    private final Call call = Harness.call(UUID.randomUUID().toString());
    /** Not always the same: what a test that was cut off has left may still have its own. */
    private final String address;

    private final List<VmCid> vms = new ArrayList<>();
    private final List<DiskCid> disks = new ArrayList<>();

    ContainersIT(RealServer server) {
        this.server = server;
        this.address = server.address(ThreadLocalRandom.current().nextInt(20, 200));
        this.provider = Harness.provider(Map.of("socket", server.socket(), "network", server.get("NETWORK")));
        this.client = LxdClient.of(Endpoint.unix(server.socket()));
    }

    @AfterEach
    void removeWhatIsLeft() {
        vms.forEach(vm -> provider.vms().delete(call, vm));
        disks.forEach(disk -> provider.disks().delete(call, disk));
        provider.close();
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-runit", "systemd"})
    void aVmGetsItsAddressAndItsSettings(String kind) throws Exception {
        VmCid vm = create(stemcell(kind), Map.of("instance_type", "c1-m1", "ephemeral_disk", 256), network());

        assertThat(reachable(address)).isTrue();
        Instance instance = lxd().instances().find(vm.value()).orElseThrow();
        assertThat(instance.config())
                .containsEntry("limits.cpu", "1")
                .containsEntry("limits.memory", "1024MiB")
                .containsEntry("user.bosh.kind", "vm")
                .containsEntry("user.bosh.metadata.team", "lab");
        assertThat(sh(vm, "stat -c '%a %u' /var/vcap/bosh/warden-cpi-agent-env.json"))
                .isEqualTo("600 0");
        assertThat(sh(vm, "cat /var/vcap/bosh/warden-cpi-agent-env.json"))
                .contains("\"mbus\":\"nats://nats:mbus-secret@10.0.0.6:4222\"", "\"preconfigured\":true", "env-secret");
        assertThat(sh(vm, "grep -c ' /var/vcap/data ' /proc/self/mountinfo")).isEqualTo("1");
        assertThat(sh(vm, "cut -d. -f1 /proc/uptime").length())
                .as("the host's uptime, not the container's")
                .isEqualTo(hostUptime().length());
    }

    private static String hostUptime() throws IOException {
        String uptime = Files.readString(Path.of("/proc/uptime"));
        return uptime.substring(0, uptime.indexOf('.'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-runit", "systemd"})
    void aVmSurvivesAReboot(String kind) throws Exception {
        VmCid vm = create(stemcell(kind), Map.of("ephemeral_disk", 64), network());
        sh(vm, "echo kept > /var/vcap/data/file");

        provider.vms().reboot(call, vm);

        assertThat(reachable(address)).isTrue();
        assertThat(sh(vm, "cat /var/vcap/data/file")).isEqualTo("kept");
    }

    @Test
    void aLightStemcellIsTheImageThatItsAliasStandsFor() {
        String fingerprint = stemcell("tiny-runit").value().substring("sc-".length(), "sc-".length() + 64);
        String alias = "it/" + call.directorUuid().orElseThrow();
        try (Transport transport = Endpoint.unix(server.socket()).open()) {
            Rest rest = new Rest(transport, "default", System.nanoTime() + TimeUnit.MINUTES.toNanos(2));
            rest.send(Request.post(Url.of("/1.0/images/aliases"), Map.of("name", alias, "target", fingerprint)));
            try {
                StemcellImage light =
                        new StemcellImage(Path.of("none"), Harness.properties(Map.of("image_alias", alias)), Map.of());

                assertThat(provider.stemcells().create(call, light).value()).isEqualTo("light-" + fingerprint);
            } finally {
                rest.delete(Url.of("/1.0/images/aliases").child(alias), Subject.IMAGE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-runit"})
    void aDeletedVmIsGoneWithItsEphemeralDiskAndKeepsPersistentOnes(String kind) {
        VmCid vm = create(stemcell(kind), Map.of("ephemeral_disk", 64), network());
        DiskCid disk = disk(64);
        provider.disks().attach(call, vm, disk);

        provider.vms().delete(call, vm);
        provider.vms().delete(call, vm);

        assertThat(provider.vms().exists(call, vm)).isFalse();
        assertThat(provider.disks().exists(call, disk)).isTrue();
        assertThat(lxd().volumes("default").find(vm.value() + "-ephemeral")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-runit", "systemd"})
    void aDiskComesAndGoesWithoutARestart(String kind) {
        VmCid vm = create(stemcell(kind), Map.of(), network());
        String startedAs = sh(vm, "stat -c %Y /proc/1");
        DiskCid disk = disk(64);

        String hint = provider.disks().attach(call, vm, disk).path();
        assertThat(provider.disks().attach(call, vm, disk).path()).isEqualTo(hint);
        assertThat(provider.vms().disks(call, vm)).containsExactly(disk);
        sh(vm, "echo kept > " + hint + "/file");
        provider.disks().detach(call, vm, disk);
        provider.disks().detach(call, vm, disk);

        assertThat(provider.vms().disks(call, vm)).isEmpty();
        provider.disks().attach(call, vm, disk);
        assertThat(sh(vm, "cat " + hint + "/file")).isEqualTo("kept");
        assertThat(sh(vm, "stat -c %Y /proc/1")).isEqualTo(startedAs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-runit"})
    void aDiskMovesToAPoolOfAnotherDriverWithItsData(String kind) {
        VmCid vm = create(stemcell(kind), Map.of(), network());
        DiskCid disk = disk(64);
        String hint = provider.disks().attach(call, vm, disk).path();
        sh(vm, "cd " + hint + " && echo kept > file && chown 1000:1001 file && chmod 600 file");
        provider.disks().detach(call, vm, disk);

        DiskCid moved = provider.diskUpdates()
                .orElseThrow()
                .update(call, disk, 96, Harness.properties(Map.of("storage_pool", server.get("POOL_DIR"))));
        disks.add(moved);

        assertThat(provider.disks().exists(call, disk)).isFalse();
        String file = provider.disks().attach(call, vm, moved).path() + "/file";
        assertThat(sh(vm, "cat " + file)).isEqualTo("kept");
        assertThat(sh(vm, "stat -c '%u %g %a' " + file)).isEqualTo("1000 1001 600");
        SnapshotCid snapshot = provider.snapshots().orElseThrow().create(call, moved, Map.of());
        provider.snapshots().orElseThrow().delete(call, snapshot);
        provider.disks().detach(call, vm, moved);
        provider.diskUpdates().orElseThrow().resize(call, moved, 128);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-runit"})
    void aFailedCreationLeavesNothing(String kind) {
        StemcellCid stemcell = stemcell(kind);
        List<String> before = objects();

        assertThatThrownBy(() -> create(
                        stemcell,
                        Map.of(
                                "ephemeral_disk",
                                64,
                                "devices",
                                Map.of("bad", Map.of("type", "unix-char", "source", "/dev/none", "required", "true"))),
                        network()))
                .isInstanceOfSatisfying(
                        CpiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.VM_CREATION_FAILED));

        assertThat(objects()).isEqualTo(before);
    }

    /** The hook keeps the start under way when the call's time is over. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny-runit"})
    void aCreationThatTimesOutDuringTheStartLeavesNothing(String kind) {
        StemcellCid stemcell = stemcell(kind);
        List<String> before = objects();
        Call hurried = new Call(call.requestId(), call.directorUuid(), Deadline.in(Duration.ofSeconds(5)));
        Map<String, ?> slow = Map.of("raw_lxc", "lxc.hook.pre-start = /bin/sleep 9", "ephemeral_disk", 64);

        assertThatThrownBy(() -> provider.vms().create(hurried, Harness.vm(stemcell, slow, List.of(network()))))
                .isInstanceOfSatisfying(
                        CpiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.VM_CREATION_FAILED));

        assertThat(objects()).isEqualTo(before);
    }

    private List<String> objects() {
        List<String> names = new ArrayList<>();
        lxd().instances().list().forEach(instance -> {
            if (call.directorUuid().orElseThrow().equals(instance.config().get(Marks.DIRECTOR))) {
                names.add(instance.name());
            }
        });
        lxd().volumes("default").list().forEach(volume -> {
            if (call.directorUuid().orElseThrow().equals(volume.config().get(Marks.DIRECTOR))) {
                names.add(volume.name());
            }
        });
        return names;
    }

    private StemcellCid stemcell(String kind) {
        return provider.stemcells()
                .create(
                        call,
                        new StemcellImage(
                                RealServer.stemcell(kind),
                                Harness.properties(Map.of("name", "it-" + kind, "version", "1")),
                                Map.of()));
    }

    private VmCid create(StemcellCid stemcell, Map<String, ?> properties, NetworkSpec network) {
        VmCid vm = provider.vms()
                .create(call, Harness.vm(stemcell, properties, List.of(network)))
                .cid();
        vms.add(vm);
        return vm;
    }

    private DiskCid disk(int mib) {
        DiskCid disk =
                provider.disks().create(call, new DiskRequest(mib, Harness.properties(Map.of()), Optional.empty()));
        disks.add(disk);
        return disk;
    }

    private NetworkSpec network() {
        return Harness.manual("default", address, server.get("GATEWAY"), Map.of());
    }

    private LxdSession lxd() {
        return client.session("default", Duration.ofMinutes(1));
    }

    private String sh(VmCid vm, String script) {
        var result = GuestShell.exec(lxd(), vm.value(), List.of("/bin/sh", "-c", script));
        assertThat(result.exitCode()).as(script + ": " + result.stderr()).isZero();
        return result.stdout().trim();
    }

    /** One echo request may go out before the bridge forwards to the new NIC, so there are many. */
    private static boolean reachable(String address) throws IOException {
        InetAddress guest = InetAddress.getByName(address);
        for (long second = 0; second < BOOT_TIME.toSeconds(); second++) {
            if (guest.isReachable(1000)) {
                return true;
            }
        }
        return false;
    }
}
