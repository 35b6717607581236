package io.boshcpi.docker;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** Networks that BOSH makes, on Docker's own engine. */
@Tag("server")
@Tag("docker")
@EnabledIf("io.boshcpi.docker.RealEngine#isDockerWanted")
final class DockerNetworksIT extends NetworksOnEngine {
    DockerNetworksIT() {
        super("docker");
    }
}
