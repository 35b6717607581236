package io.boshcpi.lxd.provider.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.fake.GuestShell;
import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.provider.testing.Lab;
import io.boshcpi.lxd.provider.testing.OnRealServers;
import io.boshcpi.lxd.provider.testing.Patience;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.VmCid;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Persistent disks in containers of a real server, as an agent of a warden stemcell uses them. */
@OnRealServers
final class PersistentDisksIT {
    private static final String STORE_SOURCE = "awk '$5 == \"/var/vcap/store\" { print $4 }' /proc/self/mountinfo";

    private final RealServer server;
    private final Lab lab;

    PersistentDisksIT(RealServer server) {
        this.server = server;
        this.lab = new Lab(server);
    }

    @AfterEach
    void removeWhatIsLeft() {
        lab.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-runit", "systemd"})
    void theAgentMountsADiskAndGivesItBack(String stemcell) {
        VmCid vm = lab.vm(stemcell, Map.of());
        DiskCid disk = lab.disk(64, Map.of());

        lab.attach(vm, disk);
        assertThat(lab.agent(vm, "list_disk")).as("attached, not mounted").isEmpty();
        lab.agent(vm, "mount_disk", disk.value());
        assertThat(lab.agent(vm, "list_disk")).isEqualTo(disk.value());
        lab.sh(vm, "echo kept > /var/vcap/store/file");

        lab.agent(vm, "unmount_disk", disk.value());
        assertThat(lab.agent(vm, "list_disk")).isEmpty();
        assertThat(lab.sh(vm, STORE_SOURCE)).isEmpty();
        assertThat(lab.agent(vm, "unmount_disk", disk.value())).contains("not mounted");
        lab.provider.disks().detach(lab.call, vm, disk);

        lab.mount(vm, disk);
        assertThat(lab.sh(vm, "cat /var/vcap/store/file")).isEqualTo("kept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-runit", "systemd"})
    void jobsThatAreNotRootCanListTheirDisks(String stemcell) {
        VmCid vm = lab.vm(stemcell, Map.of("ephemeral_disk", 64));
        DiskCid disk = lab.disk(64, Map.of());
        lab.mount(vm, disk);
        assertThat(lab.sh(vm, "stat -c %a /var/vcap/data /var/vcap/store")).isEqualTo("755\n755");

        lab.sh(vm, "chmod 0700 /var/vcap/store");
        lab.agent(vm, "unmount_disk", disk.value());
        lab.agent(vm, "mount_disk", disk.value());
        assertThat(lab.sh(vm, "stat -c %a /var/vcap/store")).isEqualTo("700");
    }

    @Test
    void aDiskThatTheGuestUsesStaysAttached() {
        VmCid vm = lab.vm("systemd", Map.of());
        DiskCid disk = lab.disk(64, Map.of());
        String path = lab.mount(vm, disk);
        lab.sh(vm, "mkdir /var/vcap/store/db /srv/db");

        assertStays(vm, disk, "the agent's mount");
        lab.sh(vm, "mount --bind /var/vcap/store/db /srv/db");
        lab.agent(vm, "unmount_disk", disk.value());
        assertStays(vm, disk, "a directory of it that is mounted elsewhere");
        lab.sh(vm, "umount " + path);
        assertStays(vm, disk, "the same after its own mount has gone");
        lab.sh(vm, "umount /srv/db");
        lab.provider.disks().detach(lab.call, vm, disk);
    }

    @Test
    void aDiskThatIsMountedInAnotherMountNamespaceStaysAttached() {
        VmCid vm = lab.vm("systemd", Map.of());
        DiskCid disk = lab.disk(64, Map.of());
        String path = lab.attach(vm, disk);

        String apart = "unshare --mount sh -c 'mount --bind " + path + " /mnt; umount " + path + "; exec sleep 1000'";
        lab.start(vm, apart);
        Lab.await("the mount", () -> allMounts(vm).contains(" /mnt "));
        assertStays(vm, disk, "a mount that only another namespace has");
        lab.sh(vm, "pkill -x sleep");

        lab.start(vm, "unshare --mount sleep 1001");
        Lab.await(
                "the process",
                () -> !lab.sh(vm, "pgrep -xf 'sleep 1001' || true").isEmpty());
        assertStays(vm, disk, "a copy of its own mount in a namespace that does not follow the first");
        lab.sh(vm, "pkill -x sleep");

        lab.start(vm, "unshare --mount --propagation slave sleep 1002");
        Lab.await(
                "the process",
                () -> !lab.sh(vm, "pgrep -xf 'sleep 1002' || true").isEmpty());
        lab.provider.disks().detach(lab.call, vm, disk);
        assertThat(allMounts(vm)).doesNotContain(disk.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-runit", "systemd"})
    void aDiskThatTheGuestIsJustUnmountingIsWaitedFor(String stemcell) {
        VmCid vm = lab.vm(stemcell, Map.of());
        DiskCid disk = lab.disk(64, Map.of());
        lab.mount(vm, disk);

        lab.start(vm, "sleep 2; /var/vcap/bosh/bin/bosh-agent call unmount_disk " + disk);
        lab.provider.disks().detach(lab.call, vm, disk);

        assertThat(lab.provider.vms().disks(lab.call, vm)).isEmpty();
        assertThat(lab.sh(vm, STORE_SOURCE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-runit", "systemd"})
    void oneDiskReplacesAnother(String stemcell) {
        VmCid vm = lab.vm(stemcell, Map.of());
        DiskCid old = lab.disk(64, Map.of());
        DiskCid bigger = lab.disk(128, Map.of("storage_pool", server.get("POOL_DIR")));
        lab.mount(vm, old);
        lab.sh(
                vm,
                "cd /var/vcap/store; mkdir -m 0700 db; echo kept > db/file; chown -R vcap:vcap db; ln -s db/file link");

        lab.mount(vm, bigger);
        assertThat(lab.provider.vms().disks(lab.call, vm)).containsExactlyInAnyOrder(old, bigger);
        assertThat(lab.agent(vm, "list_disk").lines()).containsExactlyInAnyOrder(old.value(), bigger.value());
        lab.agent(vm, "migrate_disk");

        assertThat(lab.agent(vm, "list_disk")).isEqualTo(bigger.value());
        assertThat(lab.sh(vm, STORE_SOURCE)).contains(bigger.value());
        assertThat(lab.sh(vm, "cd /var/vcap/store; cat link; stat -c '%a %U' db"))
                .isEqualTo("kept\n700 vcap");
        lab.agent(vm, "unmount_disk", old.value());
        lab.agent(vm, "remove_persistent_disk", old.value());
        lab.provider.disks().detach(lab.call, vm, old);
        lab.provider.disks().delete(lab.call, old);

        lab.provider.vms().reboot(lab.call, vm);
        lab.awaitAgent(vm);
        assertThat(lab.agent(vm, "list_disk")).isEqualTo(bigger.value());
        assertThat(lab.sh(vm, "cat /var/vcap/store/link")).isEqualTo("kept");
    }

    @Test
    void theAgentFindsItsToolsWhicheverPathItsUnitGivesIt() {
        VmCid vm = lab.vm("systemd", Map.of());
        DiskCid disk = lab.disk(64, Map.of());
        String facts = "cat /var/vcap/data/agent/facts";
        assertThat(lab.sh(vm, facts).lines()).contains("mount=/usr/local/sbin/mount");
        lab.mount(vm, disk);

        lab.sh(vm, "mkdir /etc/systemd/system/bosh-agent.service.d");
        lab.push(
                vm,
                "/etc/systemd/system/bosh-agent.service.d/noble.conf",
                0644,
                "[Service]\nExecStart=\nExecStart=/bin/bash -c 'PATH=/var/vcap/bosh/bin:$PATH exec nice -n -15"
                        + " /var/vcap/bosh/bin/bosh-agent -P ubuntu -C /var/vcap/bosh/agent.json'");
        lab.sh(vm, "systemctl daemon-reload; systemctl restart bosh-agent");
        lab.awaitAgent(vm);

        assertThat(lab.sh(vm, facts).lines()).contains("mount=/var/vcap/bosh/bin/mount");
        assertThat(lab.agent(vm, "list_disk")).isEqualTo(disk.value());
        lab.agent(vm, "unmount_disk", disk.value());
        assertThat(lab.agent(vm, "list_disk")).isEmpty();
    }

    @Test
    void anAgentThatRestartsLeavesItsDiskMounted() {
        VmCid vm = lab.vm("systemd", Map.of());
        DiskCid disk = lab.disk(64, Map.of());
        lab.mount(vm, disk);
        lab.sh(vm, "echo kept > /var/vcap/store/file");

        lab.sh(vm, "systemctl kill -s KILL bosh-agent");
        Lab.await(
                "another agent",
                () -> lab.sh(vm, "cat /var/vcap/bosh/agent-starts").equals("2"));
        lab.awaitAgent(vm);

        assertThat(lab.sh(vm, "cat /var/vcap/store/file")).isEqualTo("kept");
        assertThat(lab.sh(vm, STORE_SOURCE).lines()).hasSize(1);
    }

    @Test
    void otherProgramsOfTheGuestAreLeftAlone() {
        VmCid vm = lab.vm("systemd", Map.of());
        DiskCid disk = lab.disk(64, Map.of());
        String path = lab.mount(vm, disk);
        // What the tools need must not be what other programs need of them.
        lab.sh(vm, "rm /usr/bin/mawk /usr/bin/awk /bin/bash");

        for (String arguments : List.of("", "-o remount,nosuid /var/vcap/store", "/none /mnt", "--version")) {
            assertSame(vm, "mount " + arguments);
        }
        for (String arguments : List.of("/none", "/mnt", "--version")) {
            assertSame(vm, "umount " + arguments);
        }
        for (String arguments : List.of("-d " + path, "--version", "-s /dev/null")) {
            assertSame(vm, "sfdisk " + arguments);
        }
        assertThat(lab.exec(vm, List.of("/usr/local/sbin/mount")))
                .as("a command of the server, whose parent the guest cannot see")
                .isEqualTo(lab.exec(vm, List.of("/bin/mount")));
        lab.sh(vm, "umount " + path);
        assertThat(lab.sh(vm, "cat /proc/mounts")).doesNotContain(path).contains("/var/vcap/store");
    }

    @Test
    void anAgentThatReadsTheMountTableItselfIsServedAsWell() {
        VmCid vm = lab.vm("systemd", Map.of());
        DiskCid disk = lab.disk(64, Map.of());
        String path = lab.provider.disks().attach(lab.call, vm, disk).path();
        lab.push(
                vm,
                "/srv/bosh-agent",
                0755,
                "#!/bin/bash\nset -e\nmkdir -p /var/vcap/store\nmount --bind " + path + " /var/vcap/store\n"
                        + "grep -q ' /var/vcap/store ' /proc/self/mountinfo\n"
                        + "mount -o remount,bind,nodev /var/vcap/store\n"
                        + "grep ' /var/vcap/store ' /proc/self/mountinfo | grep -q nodev\n"
                        + "umount /var/vcap/store\n"
                        + "! grep -q ' /var/vcap/store ' /proc/self/mountinfo\n");

        lab.sh(vm, "PATH=/var/vcap/bosh/bin:$PATH /srv/bosh-agent");

        assertThat(lab.sh(vm, "cat /proc/mounts")).contains(path);
        lab.provider.disks().detach(lab.call, vm, disk);
    }

    /** The mount tables of all processes; some end while they are read. */
    private String allMounts(VmCid vm) {
        return lab.sh(vm, "cat /proc/[0-9]*/mountinfo 2> /dev/null || true");
    }

    private void assertSame(VmCid vm, String command) {
        String program = command.startsWith("sfdisk") ? "/sbin/" + command : "/bin/" + command;
        GuestShell.Result original = lab.exec(vm, List.of("/bin/sh", "-c", program));
        assertThat(lab.exec(vm, List.of("/bin/sh", "-c", "PATH=/usr/local/sbin:$PATH; " + command)))
                .as(command)
                .isEqualTo(original);
    }

    private void assertStays(VmCid vm, DiskCid disk, String why) {
        Deadline soon = Deadline.in(Patience.of(Duration.ofSeconds(4)));
        Call hurried = new Call(lab.call.requestId(), lab.call.directorUuid(), soon);
        assertThatThrownBy(() -> lab.provider.disks().detach(hurried, vm, disk))
                .as(why)
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("stays attached")
                .hasMessageContaining("still has it mounted");
        assertThat(lab.provider.vms().disks(lab.call, vm)).containsExactly(disk);
    }
}
