package io.boshcpi.docker;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** The suite that any provider has to pass, on Podman. */
@Tag("server")
@Tag("podman")
@EnabledIf("io.boshcpi.docker.RealEngine#isPodmanWanted")
final class PodmanConformanceIT extends ConformanceOnEngine {
    PodmanConformanceIT() {
        super("podman");
    }
}
