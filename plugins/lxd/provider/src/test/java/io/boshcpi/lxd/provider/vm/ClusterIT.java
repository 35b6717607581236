package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.provider.testing.Lab;
import io.boshcpi.lxd.provider.testing.ServerProcess;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.VmCid;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** VMs and disks on a real cluster of three members, as {@code .ci/cluster up 3} brings one up. */
@Tag("server")
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("io.boshcpi.lxd.fake.RealServer#clusters")
final class ClusterIT {
    private static final String STEMCELL = "tiny-runit";

    private final RealServer server;
    private final Lab lab;

    ClusterIT(RealServer server) {
        this.server = server;
        this.lab = new Lab(server);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void vmsWithEphemeralDisksSpreadOverTheMembers() {
        Set<String> members = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            VmCid vm = lab.vm(STEMCELL, Map.of("ephemeral_disk", 64));
            assertThat(lab.sh(vm, "grep -c ' /var/vcap/data ' /proc/self/mountinfo"))
                    .isEqualTo("1");
            members.add(lab.memberOf(vm));
        }

        assertThat(members).containsExactlyInAnyOrderElementsOf(server.members());
        lab.deleteVms();
        assertThat(volumes()).isEmpty();
    }

    @Test
    void aRecreatedVmFindsItsDiskWithItsData() {
        String member = server.members().get(1);
        VmCid vm = lab.vm(STEMCELL, Map.of("target", member, "ephemeral_disk", 64));
        DiskCid disk = lab.disk(64, Map.of(), vm);
        lab.mount(vm, disk);
        lab.sh(vm, "echo kept > /var/vcap/store/file; chown 1000:1000 /var/vcap/store/file");
        lab.agent(vm, "unmount_disk", disk.value());
        lab.provider.disks().detach(lab.call, vm, disk);
        lab.delete(vm);

        VmCid again = lab.vm(STEMCELL, Map.of("ephemeral_disk", 64), disk);

        assertThat(lab.memberOf(again)).isEqualTo(member);
        lab.mount(again, disk);
        assertThat(lab.sh(again, "cat /var/vcap/store/file; stat -c %u:%g /var/vcap/store/file"))
                .isEqualTo("kept\n1000:1000");
    }

    @Test
    void aGroupTakesTheVmAndItsEphemeralDisk() {
        VmCid vm = lab.vm(STEMCELL, Map.of("target", "@even", "ephemeral_disk", 64));

        assertThat(lab.memberOf(vm)).isEqualTo(server.members().get(1));
    }

    @Test
    void aTargetThatContradictsTheDiskIsRefusedByName() {
        VmCid vm = lab.vm(STEMCELL, Map.of("target", server.members().get(1)));
        DiskCid disk = lab.disk(64, Map.of(), vm);
        String other = server.members().get(2);

        for (String target : List.of(other, "@odd")) {
            assertThatThrownBy(() -> lab.vm(STEMCELL, Map.of("target", target), disk))
                    .isInstanceOf(CpiException.class)
                    .hasMessageContaining("cloud_properties.target is " + target)
                    .hasMessageContaining(
                            "is on the cluster member " + server.members().get(1));
        }
        VmCid elsewhere = lab.vm(STEMCELL, Map.of("target", other));
        assertThatThrownBy(() -> lab.attach(elsewhere, disk))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining(
                        "is on the cluster member " + server.members().get(1))
                .hasMessageContaining("on " + other);
    }

    @Test
    void nothingOnAMemberThatIsDownIsGone() {
        VmCid vm = lab.vm(STEMCELL, Map.of("target", server.members().get(1)));

        cluster("stop", "2");
        try {
            assertThatThrownBy(() -> lab.provider.vms().exists(lab.call, vm))
                    .isInstanceOfSatisfying(
                            CpiException.class, e -> assertThat(e.okToRetry()).isTrue())
                    .hasMessageContaining("a member of the cluster is down");
        } finally {
            cluster("start", "2");
        }

        Lab.await("the VM to be seen again", () -> lab.provider.vms().exists(lab.call, vm));
        lab.delete(vm);
        assertThat(lab.provider.vms().exists(lab.call, vm)).isFalse();
    }

    /** Kills the daemon of a member, by its number, or starts it again. */
    private void cluster(String what, String member) {
        ServerProcess.run("env", "CLUSTER_KIND=" + server.name(), "../../../.ci/cluster", what, member);
    }

    private List<Volume> volumes() {
        return lab.lxd().volumes(server.get("POOL")).list();
    }
}
