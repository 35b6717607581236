package io.boshcpi.docker;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** VMs and their disks, on Podman. */
@Tag("server")
@Tag("podman")
@EnabledIf("io.boshcpi.docker.RealEngine#isPodmanWanted")
final class PodmanVmsIT extends VmsOnEngine {
    PodmanVmsIT() {
        super("podman");
    }
}
