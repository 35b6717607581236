package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.OnFakeLxd;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.Maintenance;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.VmCid;
import io.boshcpi.spi.VmRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fake")
@ParameterizedClass
@EnumSource(Dialect.class)
final class VmsTest {
    private final OnFakeLxd cloud;

    VmsTest(Dialect dialect) throws IOException {
        this.cloud = new OnFakeLxd(dialect);
    }

    @AfterEach
    void close() throws IOException {
        cloud.close();
    }

    @Test
    void whatFailsInTheMiddleLeavesNothing() throws IOException {
        StemcellCid stemcell = cloud.stemcell();
        cloud.vm(stemcell, Map.of("ephemeral_disk", 64));
        cloud.provider.vms().delete(cloud.call, onlyVm());
        for (String request : List.of(
                "POST /1.0/storage-pools/btrfs/volumes/custom",
                "POST /1.0/instances",
                "POST /1.0/instances/[^/]*/files",
                "PUT /1.0/instances/[^/]*/state")) {
            int blank = request.indexOf(' ');
            cloud.lxd
                    .faults()
                    .on(request.substring(0, blank), request.substring(blank + 1))
                    .fail(500, "disk on fire");

            assertThatThrownBy(() -> cloud.vm(stemcell, Map.of("ephemeral_disk", 64)))
                    .as(request)
                    .isInstanceOf(CpiException.class)
                    .hasMessageContaining("disk on fire");

            assertThat(leftovers()).as("left by a failed " + request).isEmpty();
        }
    }

    @Test
    void aVmThatComesUpWhileItIsDeletedIsStoppedAgain() throws IOException {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of("ephemeral_disk", 64));
        cloud.lxd.faults().on("DELETE", "/1.0/instances/.*").fail(400, "Instance is running");

        cloud.provider.vms().delete(cloud.call, vm);

        assertThat(leftovers()).isEmpty();
        assertThat(cloud.provider.vms().exists(cloud.call, vm)).isFalse();
    }

    @Test
    void aContainerThatDoesNotStartSaysWhy() throws IOException {
        StemcellCid stemcell = cloud.stemcell();
        Map<String, String> impossible = Map.of("raw_lxc", "lxc.mount.entry = /nonexistent/dir mnt none bind 0 0");

        assertThatThrownBy(() -> cloud.vm(stemcell, impossible))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("forkstart")
                .hasMessageContaining(
                        "; lxc.log: No such file or directory - Failed to mount \"/nonexistent\"; Failed to"
                                + " spawn container");

        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aContainerWhoseRouterWasQuickerThanLxcIsStartedAgain() throws IOException {
        StemcellCid stemcell = cloud.stemcell();
        String reason = "File exists - Failed to setup ipv6 gateway \"fd42::1\" for network device \"eth0\"";
        cloud.lxd.failNextStart(reason);
        cloud.lxd.failNextStart(reason);

        VmCid vm = cloud.vm(stemcell, Map.of());

        assertThat(cloud.provider.vms().exists(cloud.call, vm)).isTrue();
        assertThat(cloud.operator().instances().find(vm.value()).orElseThrow().isStopped())
                .isFalse();
    }

    @Test
    void aStartFailsForItsOwnReasonIfTheLogCannotBeRead() throws IOException {
        StemcellCid stemcell = cloud.stemcell();
        cloud.lxd.faults().on("GET", "/1.0/instances/.*/logs/.*").fail(500, "no log today");

        assertThatThrownBy(() ->
                        cloud.vm(stemcell, Map.of("raw_lxc", "lxc.mount.entry = /nonexistent/dir mnt none bind 0 0")))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("forkstart");
    }

    @Test
    void aNetworkOfTheServerThatIsNoBridgeIsNamedIfItsTypeIsNotGiven() throws IOException {
        StemcellCid stemcell = cloud.stemcell();
        cloud.operator().networks().create("lan", "macvlan", Map.of("parent", "eth1"));

        assertThatThrownBy(() -> cloud.vm(stemcell, Map.of(), "10.77.0.20", Map.of("name", "lan")))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("the network lan is of another type than the network's cloud_properties.type");
        assertThatCode(() -> cloud.vm(stemcell, Map.of(), "10.77.0.20", Map.of("name", "lan", "type", "macvlan")))
                .doesNotThrowAnyException();
    }

    @Test
    void aTargetWithoutAClusterIsRefusedByNameBeforeAnythingIsMade() throws IOException {
        StemcellCid stemcell = cloud.stemcell();
        cloud.requests();

        assertThatThrownBy(() -> cloud.vm(stemcell, Map.of("target", "n1", "ephemeral_disk", 64)))
                .isInstanceOf(CpiException.class)
                .hasMessage("cloud_properties.target is n1, but the server is not a member of a cluster; leave it out");

        assertThat(cloud.requests()).noneMatch(line -> line.startsWith("POST"));
    }

    @Test
    void aRootDiskThatIsTooSmallIsNamed() throws IOException {
        StemcellCid stemcell = cloud.stemcell();
        cloud.lxd.faults().on("POST", "/1.0/instances").fail(500, "write /x: disk quota exceeded");

        assertThatThrownBy(() -> cloud.vm(stemcell, Map.of("root_disk", 8)))
                .isInstanceOfSatisfying(
                        CpiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.VM_CREATION_FAILED))
                .hasMessageContaining("cloud_properties.root_disk is 8MiB, which the stemcell's files do not fit into");
    }

    @Test
    void whatTheOperatorForbidsIsRefusedBeforeAnythingIsMade() throws IOException {
        StemcellCid stemcell = cloud.stemcell();
        Map<String, Object> attack = Map.of("raw_lxc", "lxc.hook.pre-start = /bin/id", "ephemeral_disk", 64);
        cloud.requests();
        try (CloudProvider strict = cloud.anotherProcess(Map.of("allow", Map.of("everything", false)))) {
            assertThatThrownBy(() -> strict.vms()
                            .create(
                                    cloud.call,
                                    Harness.vm(
                                            stemcell,
                                            attack,
                                            List.of(Harness.manual("default", "10.77.1.20", "10.77.1.1", Map.of())))))
                    .isInstanceOf(CpiException.class)
                    .hasMessageContaining("cloud_properties.raw_lxc is not allowed to cloud configs");
        }
        assertThat(cloud.requests()).isNotEmpty().allMatch(request -> request.startsWith("GET"));
    }

    @Test
    void anAnswerThatIsLostIsNoSecondVm() throws IOException {
        StemcellCid stemcell = cloud.stemcell();
        cloud.lxd.faults().on("POST", "/1.0/instances").dropAnswer();

        VmCid vm = cloud.vm(stemcell, Map.of("ephemeral_disk", 64));

        assertThat(onlyVm()).isEqualTo(vm);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void anInstanceWhoseFilesAreOutOfReachIsMadeAgain(String method) throws IOException {
        StemcellCid stemcell = cloud.stemcell();
        loseFiles(method);

        VmCid vm = cloud.vm(stemcell, Map.of("ephemeral_disk", 64));

        assertThat(onlyVm()).isEqualTo(vm);
        assertThat(cloud.lxd.requests().lines())
                .filteredOn("POST /1.0/instances"::equals)
                .hasSize(2);
    }

    @Test
    void filesThatStayOutOfReachEndInAnErrorThatMayPass() throws IOException {
        StemcellCid stemcell = cloud.stemcell();
        for (int attempt = 0; attempt < 5; attempt++) {
            loseFiles("GET");
        }

        assertThatThrownBy(() -> cloud.vm(stemcell, Map.of("ephemeral_disk", 64)))
                .isInstanceOfSatisfying(
                        CpiException.class, e -> assertThat(e.okToRetry()).isTrue())
                .hasMessageContaining("forkfile.sock");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aPoolThatIsNotThereIsNamed() throws IOException {
        StemcellCid stemcell = cloud.stemcell();
        assertThatThrownBy(() -> cloud.vm(stemcell, Map.of("storage_pool", "nopool")))
                .hasMessageContaining("The storage pool nopool (storage_pool) is not on the server");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aWrongFalseIsNeverGiven() throws IOException {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of());
        cloud.lxd.faults().on("GET", "/1.0/instances/.*").fail(500, "database is locked");

        assertThatThrownBy(() -> cloud.provider.vms().exists(cloud.call, vm)).isInstanceOf(CpiException.class);
        assertThat(cloud.provider.vms().exists(cloud.call, vm)).isTrue();
    }

    @Test
    void theRepeatRemovesWhatTheFirstAttemptHasLeft() throws IOException {
        List<NetworkSpec> networks = List.of(Harness.manual("default", "10.77.1.20", "10.77.1.1", Map.of()));
        VmRequest request = Harness.vm(cloud.stemcell(), Map.of("ephemeral_disk", 64), networks);
        VmCid left = cloud.provider.vms().create(cloud.call, request).cid();

        VmCid vm = cloud.provider.vms().create(cloud.call, request).cid();

        assertThat(cloud.provider.vms().exists(cloud.call, left)).isFalse();
        assertThat(cloud.operator().instances().list())
                .extracting(Instance::name)
                .containsExactly(vm.value());
        assertThat(cloud.operator().volumes("btrfs").list()).hasSize(1);
    }

    @Test
    void theVmOfAnotherAgentOrDirectorIsNoLeftoverOfThisOne() throws IOException {
        StemcellCid stemcell = cloud.stemcell();
        List<NetworkSpec> networks = List.of(Harness.manual("default", "10.77.1.20", "10.77.1.1", Map.of()));
        VmRequest request = Harness.vm(stemcell, Map.of(), networks);
        VmCid present = cloud.provider.vms().create(cloud.call, request).cid();

        assertThatThrownBy(() -> cloud.vm(stemcell, Map.of())).hasMessageContaining("already defined on another NIC");
        assertThatThrownBy(() -> cloud.provider.vms().create(Harness.call("another-director"), request))
                .hasMessageContaining("already defined on another NIC");
        cloud.provider.vms().setMetadata(cloud.call, present, Map.of());
        assertThatThrownBy(() -> cloud.provider.vms().create(cloud.call, request))
                .hasMessageContaining("already defined on another NIC");

        assertThat(cloud.provider.vms().exists(cloud.call, present)).isTrue();
    }

    @Test
    void anInstanceThatTheCpiDidNotMakeIsLeftAlone() throws IOException {
        String image = cloud.stemcell().value().substring("sc-".length(), "sc-".length() + 64);
        Map<String, String> source = Map.of("type", "image", "fingerprint", image);
        Map<String, Map<String, String>> root = Map.of("root", Map.of("type", "disk", "path", "/", "pool", "btrfs"));
        cloud.operator().instances().create(Map.of("name", "foreign", "source", source, "devices", root), null);
        VmCid foreign = new VmCid("foreign");
        cloud.requests();

        List<ThrowableAssert.ThrowingCallable> calls = List.of(
                () -> cloud.provider.vms().delete(cloud.call, foreign),
                () -> cloud.provider.vms().reboot(cloud.call, foreign),
                () -> cloud.provider.vms().setMetadata(cloud.call, foreign, Map.of("job", "db")));

        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(call)
                        .isInstanceOf(CpiException.class)
                        .hasMessageContaining("The instance foreign was not made by this CPI"));
        assertThat(cloud.requests()).allMatch(request -> request.startsWith("GET "));
    }

    @Test
    void aVmThatADirectorHasConfirmedIsNoLeftover() throws IOException {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of());
        cloud.provider.vms().setMetadata(cloud.call, vm, Map.of());

        assertThatThrownBy(() -> cloud.provider.vms().reboot(cloud.call, new VmCid("vm-absent")))
                .isInstanceOfSatisfying(
                        CpiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.VM_NOT_FOUND));
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aRebootThatAnotherOneHasSpoiltIsMadeAgain() throws IOException {
        VmCid vm = cloud.vm(cloud.stemcell(), Map.of());
        cloud.lxd
                .faults()
                .on("PUT", "/1.0/instances/[^/]*/state")
                .fail(500, "Starting instance: no such file or directory");

        cloud.provider.vms().reboot(cloud.call, vm);

        assertThat(cloud.operator().instances().find(vm.value()).orElseThrow().isRunning())
                .isTrue();
    }

    private void loseFiles(String method) {
        String lost = "dial unix /proc/self/fd/47/forkfile.sock: connect: no such file or directory";
        cloud.lxd.faults().on(method, "/1.0/instances/[^/]*/files").fail(500, lost);
    }

    private VmCid onlyVm() {
        List<Maintenance.Leftover> vms = leftovers();
        assertThat(vms).hasSize(1);
        return new VmCid(vms.get(0).name());
    }

    /** Nobody has confirmed a VM here with metadata, so all that was made counts as left behind. */
    private List<Maintenance.Leftover> leftovers() {
        return cloud.provider.maintenance().orElseThrow().leftovers(cloud.call);
    }
}
