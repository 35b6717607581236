package io.boshcpi.docker.maintenance;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import io.boshcpi.docker.engine.Engine;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Maintenance.Finding;
import java.util.ArrayList;
import java.util.List;

/** What {@code bin/cpi doctor} looks at. */
final class Diagnosis {
    private final Engine engine;
    private final List<Finding> findings = new ArrayList<>();

    Diagnosis(Engine engine) {
        this.engine = engine;
    }

    List<Finding> run(Call call) {
        try {
            engine.run(call, (docker, undo) -> {
                look(docker);
                return true;
            });
        } catch (CpiException e) {
            findings.add(Finding.error(
                    "engine", e.getMessage(), "start the engine, or correct docker.url and the certificates"));
        }
        return findings;
    }

    private void look(DockerClient docker) {
        Version version = docker.versionCmd().exec();
        Info info = docker.infoCmd().exec();
        boolean isPodman = version.getComponents() != null
                && version.getComponents().stream()
                        .anyMatch(
                                component -> String.valueOf(component.getName()).startsWith("Podman"));
        findings.add(Finding.ok(
                "engine",
                (isPodman ? "Podman " : "Docker ") + version.getVersion() + ", API " + version.getApiVersion()
                        + ", storage driver " + info.getDriver() + ", at "
                        + engine.config().address()));
        network(docker);
        if (isPodman) {
            findings.add(Finding.warning(
                    "restarts of the host",
                    "Podman starts containers at boot only by its unit podman-restart.service",
                    "systemctl enable podman-restart.service on the engine's host"));
        }
        if (Boolean.FALSE.equals(info.getMemoryLimit())) {
            findings.add(Finding.warning(
                    "memory limits",
                    "the engine's kernel limits no memory, so VMs with cloud_properties.memory do not start",
                    "boot the kernel with cgroup_enable=memory"));
        }
        if (engine.config().allowsPrivileged()) {
            findings.add(Finding.warning(
                    "docker.allow_privileged",
                    "whoever writes cloud configs can be root of the engine's host",
                    "leave it out, unless a workload needs it"));
        }
        findings.add(Finding.warning(
                "sizes of disks",
                "volumes of an engine have no size, so a disk can fill the host's file system",
                "watch the file system of the engine's volumes, or use a volume driver that limits them"));
    }

    private void network(DockerClient docker) {
        if (engine.config().network().isEmpty()) {
            return;
        }
        String name = engine.config().network().get();
        try {
            docker.inspectNetworkCmd().withNetworkId(name).exec();
            findings.add(Finding.ok("network " + name, "is there"));
        } catch (NotFoundException e) {
            findings.add(Finding.error(
                    "network " + name,
                    "docker.network is not on the engine",
                    "docker network create --subnet 10.245.0.0/16 " + name));
        }
    }
}
