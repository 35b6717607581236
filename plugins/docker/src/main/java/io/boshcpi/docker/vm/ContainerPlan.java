package io.boshcpi.docker.vm;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Ulimit;
import io.boshcpi.docker.engine.Labels;
import io.boshcpi.spi.DiskCid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A container as the engine is asked for it.
 *
 * @param name its name
 * @param image its image
 * @param labels its marks, without {@link Labels#SPEC}
 * @param spec what it is made of
 */
record ContainerPlan(String name, String image, Map<String, String> labels, VmSpec spec) {
    /** With it, systemd and {@link GuestFiles#INIT} shut the VM down. */
    private static final String STOP_SIGNAL = "SIGRTMIN+3";

    /** Makes the container, connects it to its networks and returns its ID. It does not run yet. */
    String create(DockerClient docker) {
        String id = command(docker).exec().getId();
        for (Nic nic :
                spec.nics().subList(Math.min(1, spec.nics().size()), spec.nics().size())) {
            docker.connectToNetworkCmd()
                    .withNetworkId(nic.network())
                    .withContainerId(id)
                    .withContainerNetwork(new ContainerNetwork()
                            .withIpamConfig(new ContainerNetwork.Ipam()
                                    .withIpv4Address(nic.ipv4().orElse(null))
                                    .withIpv6Address(nic.ipv6().orElse(null))))
                    .exec();
        }
        return id;
    }

    private CreateContainerCmd command(DockerClient docker) {
        Map<String, String> allLabels = new TreeMap<>(labels);
        allLabels.put(Labels.SPEC, spec.json());
        List<PortBinding> ports = spec.properties().portBindings();
        CreateContainerCmd command = docker.createContainerCmd(image)
                .withName(name)
                .withEntrypoint(List.of("/bin/bash", GuestFiles.INIT))
                .withCmd(List.of())
                .withEnv(List.of("container=docker"))
                .withUser("root")
                .withWorkingDir("/")
                .withStopSignal(STOP_SIGNAL)
                .withLabels(allLabels)
                .withExposedPorts(
                        ports.stream().map(PortBinding::getExposedPort).toList())
                .withHostConfig(host(ports));
        if (!spec.nics().isEmpty()) {
            Nic first = spec.nics().get(0);
            first.ipv4().ifPresent(command::withIpv4Address);
            first.ipv6().ifPresent(command::withIpv6Address);
        }
        return command;
    }

    private HostConfig host(List<PortBinding> ports) {
        VmProperties properties = spec.properties();
        HostConfig host = HostConfig.newHostConfig()
                .withMounts(mounts())
                .withBinds(properties.bindList())
                .withNetworkMode(
                        spec.nics().isEmpty() ? "none" : spec.nics().get(0).network())
                .withPortBindings(ports)
                .withRestartPolicy(RestartPolicy.unlessStoppedRestart())
                .withTmpFs(properties.tmpfs())
                .withUlimits(ulimits(properties));
        if (properties.privileged().orElse(false)) {
            host.withPrivileged(true);
        } else {
            List<Capability> capabilities = new ArrayList<>(properties.capabilityList());
            capabilities.add(Capability.SYS_ADMIN); // The agent mounts.
            host.withCapAdd(capabilities.toArray(new Capability[0]));
            host.withSecurityOpts(List.of("apparmor=unconfined")); // Docker's own profile forbids mounting.
        }
        properties.nanoCpus().ifPresent(host::withNanoCPUs);
        properties.memoryBytes().ifPresent(bytes -> host.withMemory(bytes).withMemorySwap(bytes));
        properties.shmBytes().ifPresent(host::withShmSize);
        return host;
    }

    private static List<Ulimit> ulimits(VmProperties properties) {
        List<Ulimit> ulimits = new ArrayList<>();
        properties.ulimits().forEach((limit, value) -> ulimits.add(new Ulimit(limit, value, value)));
        return ulimits;
    }

    private List<Mount> mounts() {
        String vm = Labels.value(labels, Labels.VM).orElseThrow();
        List<Mount> mounts = new ArrayList<>();
        mounts.add(volume(VmSpec.ephemeralDisk(vm), "/var/vcap/data"));
        for (DiskCid disk : spec.disks()) {
            mounts.add(volume(disk.value(), VmSpec.pathOf(disk)));
        }
        return mounts;
    }

    private static Mount volume(String name, String target) {
        return new Mount().withType(MountType.VOLUME).withSource(name).withTarget(target);
    }
}
