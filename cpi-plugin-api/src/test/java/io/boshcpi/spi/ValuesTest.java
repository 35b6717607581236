package io.boshcpi.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"vm-1", "A", "9a1c2f2e-0f4e-4a5b-9d64-3f1a7b2c9d10", "a.b_c:d+e-f"})
    void identifiersComeBackAsTheyAre(String value) {
        assertThat(new VmCid(value)).hasToString(value);
        assertThat(new DiskCid(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a b", "a/b", "../a", "a\n", "größe", "a?b", "a%2fb"})
    void malformedIdentifiersAreRefusedWithoutBeingRepeated(String value) {
        assertThatThrownBy(() -> new StemcellCid(value))
                .isInstanceOf(CpiException.class)
                .hasMessageStartingWith("The stemcell CID ");
    }

    @Test
    void identifiersHaveAtMost255Characters() {
        assertThat(new SnapshotCid("x".repeat(255)).value()).hasSize(255);
        assertThatThrownBy(() -> new SnapshotCid("x".repeat(256))).hasMessageContaining("has 256 characters");
        assertThatThrownBy(() -> new AgentId("x".repeat(300))).hasMessageContaining("agent ID");
        assertThatThrownBy(() -> new NetworkCid("")).hasMessage("The network CID is empty");
    }

    @Test
    void aDiskHasAtLeastOneMebibyteAndAHintIsNeverEmpty() {
        assertThatThrownBy(() -> new DiskRequest(0, PropertyTree.empty(""), Optional.empty()))
                .hasMessage("The disk size is 0 MiB; at least 1 MiB is needed");
        assertThatThrownBy(() -> new DiskHint("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDeadlinePassesAndTheEarlierOfTwoCounts() {
        Deadline far = Deadline.in(Duration.ofHours(1));
        assertThat(far.hasPassed()).isFalse();
        assertThat(far.remainingMillis()).isBetween(3_590_000L, 3_600_000L);
        assertThat(far.atMost(Duration.ofSeconds(10)).remainingMillis()).isLessThanOrEqualTo(10_000);
        assertThat(far.atMost(Duration.ofDays(1))).isSameAs(far);
        Deadline passed = Deadline.in(Duration.ofSeconds(-1));
        assertThat(passed.hasPassed()).isTrue();
        assertThat(passed.remainingMillis()).isZero();
    }

    @Test
    void theSettingsDocumentIsWhatTheAgentReads() {
        Map<String, Object> env = Map.of("bosh", Map.of("tags", Map.of("number", 1, "team", "green")));
        AgentSettings settings = new AgentSettings(
                new AgentId("agent-1"),
                Optional.of(new Secret("nats://x")),
                Map.of("provider", "dav"),
                List.of("t"),
                env);
        Map<String, Object> document =
                settings.document(new VmCid("vm-1"), Map.of("default", Map.of("ip", "10.0.0.3")), Optional.empty());
        assertThat(document)
                .containsEntry("agent_id", "agent-1")
                .containsEntry("mbus", "nats://x")
                .containsEntry("ntp", List.of("t"))
                .containsEntry("env", env)
                .containsEntry("disks", Map.of("system", "", "persistent", Map.of()));
        assertThat(settings.document(new VmCid("vm-1"), Map.of(), Optional.of(new DiskHint("/dev/sdb")))
                        .get("disks"))
                .isEqualTo(Map.of("system", "", "ephemeral", "/dev/sdb", "persistent", Map.of()));
        assertThat(settings.tags()).isEqualTo(Map.of("number", "1", "team", "green"));
        assertThat(settings).hasToString("AgentSettings[agent-1]");
    }

    @Test
    void anErrorWithoutAMessageShowsItsType() {
        assertThat(new CpiException(ErrorType.DISK_NOT_FOUND, "gone")).hasMessage("gone");
        assertThat(new CpiException(ErrorType.CLOUD_ERROR, true, "busy", null).okToRetry())
                .isTrue();
        assertThat(ErrorType.VM_NOT_FOUND.wireName()).isEqualTo("Bosh::Clouds::VMNotFound");
    }
}
