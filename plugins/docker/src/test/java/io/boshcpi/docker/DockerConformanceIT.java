package io.boshcpi.docker;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** The suite that any provider has to pass, on Docker's own engine. */
@Tag("server")
@Tag("docker")
@EnabledIf("io.boshcpi.docker.RealEngine#isDockerWanted")
final class DockerConformanceIT extends ConformanceOnEngine {
    DockerConformanceIT() {
        super("docker");
    }
}
