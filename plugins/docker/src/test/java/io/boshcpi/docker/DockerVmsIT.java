package io.boshcpi.docker;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** VMs and their disks, on Docker's own engine. */
@Tag("server")
@Tag("docker")
@EnabledIf("io.boshcpi.docker.RealEngine#isDockerWanted")
final class DockerVmsIT extends VmsOnEngine {
    DockerVmsIT() {
        super("docker");
    }
}
