package io.boshcpi.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.spi.Maintenance.Leftover;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RemovalPolicyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String OURS = "11111111-2222-4333-8444-555555555555";
    private static final RemovalPolicy POLICY =
            new RemovalPolicy(Optional.of(OURS), Duration.ofHours(1), Set.of("default/disk1"));

    @Test
    void whatIsOursOrNobodysMayGo() {
        assertThat(POLICY.allowsRemoving(leftover("vm-1", Optional.of(OURS), false)))
                .isTrue();
        assertThat(POLICY.allowsRemoving(leftover("vm-1", Optional.empty(), false)))
                .isTrue();
    }

    @Test
    void whatIsAnotherDirectorsStays() {
        assertThat(POLICY.allowsRemoving(leftover("vm-1", Optional.of("another"), false)))
                .isFalse();
        assertThat(POLICY.allowsRemoving(leftover("default/disk1", Optional.of("another"), true)))
                .isFalse();
    }

    @Test
    void aPersistentDiskGoesOnlyByName() {
        assertThat(POLICY.allowsRemoving(leftover("default/disk1", Optional.of(OURS), true)))
                .isTrue();
        assertThat(POLICY.allowsRemoving(leftover("default/disk2", Optional.of(OURS), true)))
                .isFalse();
    }

    @Test
    void withoutADirectorNothingGoes() {
        RemovalPolicy nobody = new RemovalPolicy(Optional.empty(), Duration.ZERO, Set.of());

        assertThat(nobody.allowsRemoving(leftover("vm-1", Optional.empty(), false)))
                .isFalse();
    }

    @Test
    void whatMayBeInTheMakingIsLeftAlone() {
        assertThat(POLICY.concerns(madeAt(Optional.of(NOW.minusSeconds(3599))), NOW))
                .isFalse();
        assertThat(POLICY.concerns(madeAt(Optional.of(NOW.minusSeconds(3600))), NOW))
                .isTrue();
        assertThat(POLICY.concerns(madeAt(Optional.empty()), NOW)).isTrue();
    }

    private static Leftover leftover(String name, Optional<String> director, boolean precious) {
        return new Leftover("kind", name, "reason", Optional.empty(), director, precious);
    }

    private static Leftover madeAt(Optional<Instant> madeAt) {
        return new Leftover("vm", "vm-1", "reason", madeAt, Optional.of(OURS), false);
    }
}
