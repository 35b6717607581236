package io.boshcpi.docker.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.docker.engine.Labels;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VmSpecTest {
    @Test
    void aSpecIsReadFromTheLabelThatItWrote() {
        VmSpec spec = new VmSpec(
                properties(Map.of("cpu", 1.5, "memory", 64, "tmpfs", Map.of("/x", "size=1m"))),
                List.of(new Nic("a", Optional.of("10.0.0.2"), Optional.of("fd00::2")), new Nic("b", none(), none())),
                List.of(new DiskCid("disk-1")));
        VmSpec read = VmSpec.of(Map.of(Labels.SPEC, spec.json()));
        assertThat(read.nics()).isEqualTo(spec.nics());
        assertThat(read.disks()).isEqualTo(spec.disks());
        assertThat(read.properties()).isEqualTo(spec.properties());
        assertThat(read.with(new DiskCid("disk-2"))
                        .without(new DiskCid("disk-1"))
                        .disks())
                .containsExactly(new DiskCid("disk-2"));
    }

    @Test
    void twoVersionsOfIpShareAConnectionAndTwoAddressesOfOneDoNot() {
        NetworkSpec four = manual("a", "10.0.0.2", "255.255.255.0", "net");
        NetworkSpec six = manual("b", "fd00::2", "ffff:ffff:ffff:ffff::", "net");
        assertThat(Nic.of(List.of(four, six), none()))
                .containsExactly(new Nic("net", Optional.of("10.0.0.2"), Optional.of("fd00::2")));
        NetworkSpec more = manual("c", "10.0.0.3", "255.255.255.0", "net");
        assertThatThrownBy(() -> Nic.of(List.of(four, more), none())).hasMessageContaining("the engine's network net");
    }

    @Test
    void aNetworkWithoutANameNeedsTheConfiguredOneAndANameIsChecked() {
        NetworkSpec dynamic = NetworkSpec.of("a", PropertyTree.of("networks.a", Map.of("type", "dynamic")));
        assertThat(Nic.of(List.of(dynamic), Optional.of("net"))).containsExactly(new Nic("net", none(), none()));
        assertThatThrownBy(() -> Nic.of(List.of(dynamic), none())).hasMessageContaining("docker.network");
        NetworkSpec evil = manual("b", "10.0.0.2", "255.255.255.0", "../containers/x");
        assertThatThrownBy(() -> Nic.of(List.of(evil), none()))
                .hasMessageContaining("networks.b.cloud_properties.name is not the name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative:/x", "/x", "/a:/b:rw,exec", "/a:/b:ro:z"})
    void aBindThatIsNoneIsRefused(String bind) {
        assertThatThrownBy(() -> VmProperties.of(properties(Map.of("binds", List.of(bind)))))
                .hasMessageContaining("cloud_properties.binds has \"" + bind + "\"");
    }

    @Test
    void whatIsNoPortCapabilityOrNumberIsRefusedByName() {
        assertThatThrownBy(() -> VmProperties.of(properties(Map.of("ports", List.of("x:y:z:w")))))
                .hasMessageContaining("cloud_properties.ports has");
        assertThatThrownBy(() -> VmProperties.of(properties(Map.of("capabilities", List.of("FLY")))))
                .hasMessageContaining("cloud_properties.capabilities has \"FLY\"");
        assertThatThrownBy(() -> VmProperties.of(properties(Map.of("cpu", 0))))
                .hasMessageContaining("cloud_properties.cpu");
        assertThatThrownBy(() -> VmProperties.of(properties(Map.of("memroy", 1))))
                .hasMessageContaining("memory");
    }

    private static Optional<String> none() {
        return Optional.empty();
    }

    private static PropertyTree properties(Map<String, Object> properties) {
        return PropertyTree.of("cloud_properties", properties);
    }

    private static NetworkSpec manual(String name, String ip, String netmask, String network) {
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
                                netmask,
                                "cloud_properties",
                                Map.of("name", network))));
    }
}
