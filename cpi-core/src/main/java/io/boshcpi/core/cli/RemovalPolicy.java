package io.boshcpi.core.cli;

import io.boshcpi.spi.Maintenance.Leftover;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which leftovers an operator means.
 *
 * @param director the Director whose leftovers may be removed, besides those of none; without one nothing is
 * @param minimumAge younger ones may be in the making
 * @param named precious ones that may be removed all the same, by name
 */
record RemovalPolicy(Optional<String> director, Duration minimumAge, Set<String> named) {
    /** Whether it is old enough to be spoken of. What has lost its age has had time enough. */
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
