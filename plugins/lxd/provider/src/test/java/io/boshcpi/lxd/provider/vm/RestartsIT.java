package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.provider.testing.Lab;
import io.boshcpi.lxd.provider.testing.OnRealServers;
import io.boshcpi.lxd.provider.testing.Patience;
import io.boshcpi.lxd.provider.testing.ServerProcess;
import io.boshcpi.lxd.provider.testing.Uptime;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.VmCid;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;

/**
 * One VM with a persistent disk goes through every way in which a container ends and comes back. After each of them,
 * disk, data and services are there, and the guest's uptime is no shorter than its processes have lived.
 *
 * <p>Restarts the server's daemon, so nothing else may use that server meanwhile.
 */
@OnRealServers
final class RestartsIT {
    private static final Duration PATIENCE = Patience.of(Duration.ofSeconds(20));

    /** The VM of each server; one for all tests, since each of them leaves it as it found it. */
    private static final Map<String, Rig> RIGS = new HashMap<>();

    private final ServerProcess process;
    private final Lab lab;
    private final VmCid vm;
    private final DiskCid disk;
    private long initBefore;

    RestartsIT(RealServer server) {
        Rig rig = RIGS.computeIfAbsent(server.name(), name -> Rig.on(server));
        this.process = new ServerProcess(server);
        this.lab = rig.lab();
        this.vm = rig.vm();
        this.disk = rig.disk();
    }

    private record Rig(Lab lab, VmCid vm, DiskCid disk) {
        static Rig on(RealServer server) {
            return new Lab(server).make(lab -> {
                VmCid vm = lab.vm("systemd", Map.of("ephemeral_disk", 256));
                DiskCid disk = lab.disk(64, Map.of());
                lab.mount(vm, disk);
                Uptime.letMonitWatchServices(lab, vm);
                return new Rig(lab, vm, disk);
            });
        }
    }

    @AfterParameterizedClassInvocation
    static void removeWhatIsLeft(RealServer server) {
        Rig rig = RIGS.remove(server.name());
        if (rig != null) {
            rig.lab().close();
        }
    }

    @BeforeEach
    void writeToTheStore() {
        lab.sh(vm, "echo kept > /var/vcap/store/file; echo kept > /var/vcap/data/file");
        initBefore = lab.init(vm);
    }

    @AfterEach
    void everythingIsBack() {
        Lab.await("another first process", () -> lab.init(vm) > 0 && lab.init(vm) != initBefore);
        lab.awaitAgent(vm);

        assertThat(lab.provider.vms().disks(lab.call, vm)).containsExactly(disk);
        assertThat(lab.agent(vm, "list_disk")).isEqualTo(disk.value());
        assertThat(lab.sh(vm, "cat /var/vcap/store/file /var/vcap/data/file")).isEqualTo("kept\nkept");
        lab.sh(vm, "rm /var/vcap/store/file /var/vcap/data/file");
        Lab.await(
                "the services",
                () -> lab.sh(vm, "systemctl is-active cron rsyslog monit bosh-agent || true")
                        .equals("active\nactive\nactive\nactive"));
        Uptime uptime = new Uptime(lab, vm);
        long started = uptime.youngestProcessStart();
        assertThat(uptime.seconds()).isGreaterThanOrEqualTo(started);
        assertThat(uptime.ofServicesInMonit()).hasSize(2).allMatch(seconds -> seconds >= 0);
        assertThat(lab.sh(vm, "ls -l /etc/rc.local 2> /dev/null || true")).isEmpty();
    }

    @Test
    void theGuestReboots() {
        lab.start(vm, "reboot");
    }

    @Test
    void theDirectorRebootsIt() {
        lab.provider.vms().reboot(lab.call, vm);
    }

    @Test
    void theOperatorRestartsItByForce() {
        lab.lxd().instances().restart(vm.value(), true, PATIENCE);
    }

    @Test
    void itsFirstProcessIsKilledAndTheDirectorRebootsIt() {
        process.kill(initBefore);
        Lab.await(
                "the end",
                () -> lab.lxd().instances().find(vm.value()).orElseThrow().isStopped());
        assertThat(lab.provider.vms().exists(lab.call, vm)).isTrue();

        lab.provider.vms().reboot(lab.call, vm);
    }

    @Test
    void theGuestIsPoweredOffAndTheDirectorRebootsIt() {
        lab.start(vm, "poweroff");
        Lab.await(
                "the end",
                () -> lab.lxd().instances().find(vm.value()).orElseThrow().isStopped());

        lab.provider.vms().reboot(lab.call, vm);
    }

    @Test
    void theServerRestartsAndThenTheGuest() {
        process.restart();
        assertThat(lab.init(vm)).as("the container did not notice").isEqualTo(initBefore);
        assertThat(lab.agent(vm, "list_disk")).isEqualTo(disk.value());

        lab.start(vm, "reboot");
    }

    @Test
    void theMachineLosesPower() {
        process.kill();
        process.killWithMonitor(initBefore);

        process.start();
    }

    @Test
    void theMachineIsRestarted() {
        process.shutDown();

        process.start();
    }
}
