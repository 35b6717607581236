package io.boshcpi.core.cli;

import io.boshcpi.spi.Maintenance.Leftover;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Selects the leftovers that an operator means.
 *
 * @param director the Director whose leftovers may be removed, besides those without a Director; if empty, nothing may be
 * @param minimumAge younger leftovers may belong to a call under way
 * @param named the names of precious leftovers that may be removed nevertheless
 */
record RemovalPolicy(Optional<String> director, Duration minimumAge, Set<String> named) {
    /** Whether it is old enough to report; an unknown age counts as old. */
    boolean concerns(Leftover leftover, Instant now) {
        return leftover.madeAt()
                .map(madeAt -> !madeAt.isAfter(now.minus(minimumAge)))
                .orElse(true);
    }

    /** Whether it may be removed. */
    boolean allowsRemoving(Leftover leftover) {
        boolean ours = director.isPresent()
                && (leftover.directorUuid().isEmpty() || leftover.directorUuid().equals(director));
        return ours && (!leftover.precious() || named.contains(leftover.name()));
    }
}
