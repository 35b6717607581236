package io.boshcpi.docker;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** Networks that BOSH makes, on Podman. */
@Tag("server")
@Tag("podman")
@EnabledIf("io.boshcpi.docker.RealEngine#isPodmanWanted")
final class PodmanNetworksIT extends NetworksOnEngine {
    PodmanNetworksIT() {
        super("podman");
    }
}
