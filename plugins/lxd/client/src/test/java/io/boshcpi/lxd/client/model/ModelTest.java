package io.boshcpi.lxd.client.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelTest {
    @Test
    void fieldsThatAServerLeavesOutAreEmpty() {
        Map<String, Object> nothing = Map.of();

        assertThat(Instance.of(nothing, "").devices()).isEmpty();
        assertThat(Image.of(nothing, "").properties()).isEmpty();
        assertThat(Volume.of(nothing, "").attachedTo()).isEmpty();
        assertThat(VolumeSnapshot.of("v", nothing).name()).isEmpty();
        assertThat(StoragePool.of(nothing).config()).isEmpty();
        assertThat(PoolResources.of(nothing).totalBytes()).isZero();
        assertThat(Network.of(nothing).managed()).isFalse();
        assertThat(Project.of(nothing).isolates("images")).isFalse();
        assertThat(Operation.of(nothing).resources()).isEmpty();
    }

    @Test
    void whatAServerSendsAsNullIsEmpty() {
        Map<String, Object> nulls = new HashMap<>();
        for (String key :
                List.of("name", "config", "devices", "profiles", "used_by", "resources", "network", "locations")) {
            nulls.put(key, null);
        }

        assertThat(Instance.of(nulls, "").name()).isEmpty();
        assertThat(Volume.of(nulls, "").usedBy()).isEmpty();
        assertThat(StoragePool.of(nulls).config()).isEmpty();
        assertThat(Operation.of(nulls).resources()).isEmpty();
    }

    @Test
    void anUntrustedServerTellsNothingOfItself() {
        Server server = Server.of(Map.of("auth", "untrusted", "api_extensions", List.of("storage")));

        assertThat(server.trusted()).isFalse();
        assertThat(server.software()).isEmpty();
        assertThat(server.hasExtension("storage")).isTrue();
    }

    @Test
    void aVolumesUsersAreTheInstancesAmongItsUrls() {
        Volume volume = Volume.of(
                Map.of(
                        "used_by",
                        List.of(
                                "/1.0/instances/a",
                                "/1.0/instances/b?project=p%20q",
                                "/1.0/instances/c/snapshots/s",
                                "/1.0/profiles/default",
                                "/1.0/instances/d?target=x&project=r")),
                "");

        assertThat(volume.attachedTo())
                .containsExactly(
                        new InstanceRef("default", "a"), new InstanceRef("p q", "b"), new InstanceRef("r", "d"));
    }

    @Test
    void aSnapshotIsNamedWithoutItsVolume() {
        assertThat(VolumeSnapshot.of("v", Map.of("name", "v/s")).name()).isEqualTo("s");
        assertThat(VolumeSnapshot.of("v", Map.of("name", "s")).name()).isEqualTo("s");
    }

    @Test
    void anOperationUnderstandsTheResourcesOfBothServers() {
        assertThat(Operation.of(Map.of(
                                "resources",
                                Map.of(
                                        "instances",
                                        List.of("/1.0/instances/a"),
                                        "containers",
                                        List.of("/1.0/containers/a"))))
                        .resources())
                .containsExactlyInAnyOrder("/1.0/instances/a", "/1.0/containers/a");
    }

    @Test
    void bytesAreEqualByContentAndNeverPrint() {
        byte[] secret = {1, 2, 3};
        Bytes bytes = Bytes.of(secret);
        Arrays.fill(secret, (byte) 0);

        assertThat(bytes).isEqualTo(Bytes.of(new byte[] {1, 2, 3})).hasSameHashCodeAs(Bytes.of(new byte[] {1, 2, 3}));
        assertThat(bytes).isNotEqualTo(Bytes.of(secret)).hasToString("3 bytes");
    }
}
