package io.boshcpi.docker.vm;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import io.boshcpi.docker.engine.Engine;
import io.boshcpi.docker.engine.Labels;
import io.boshcpi.docker.engine.Undo;
import io.boshcpi.docker.engine.Volumes;
import io.boshcpi.docker.stemcell.DockerStemcells;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CreatedVm;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.VmCid;
import io.boshcpi.spi.VmRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One {@code create_vm}. A failure leaves nothing of the VM, since BOSH never learns its CID. */
final class VmCreation {
    private static final Logger LOG = LoggerFactory.getLogger(VmCreation.class);

    private final Engine engine;
    private final Call call;
    private final VmCid vm;
    private final VmRequest request;
    private final VmSpec spec;

    /** Reads all cloud properties, so that a typing error is told before the first request. */
    VmCreation(Engine engine, Call call, VmCid vm, VmRequest request) {
        this.engine = engine;
        this.call = call;
        this.vm = vm;
        this.request = request;
        this.spec = new VmSpec(
                request.properties(), Nic.of(request.networks(), engine.config().network()), List.of());
        spec.properties().check(engine.config().allowsPrivileged());
    }

    CreatedVm run(DockerClient docker, Undo undo) {
        String image = DockerStemcells.image(docker, request.stemcell());
        undo.register("the VM " + vm, client -> DockerVms.remove(client, vm));
        docker.createVolumeCmd()
                .withName(VmSpec.ephemeralDisk(vm.value()))
                .withLabels(labels(Labels.KIND_EPHEMERAL_DISK))
                .exec();
        Map<String, String> labels = labels(Labels.KIND_VM);
        labels.put(Labels.AGENT, request.agent().agentId().value());
        String container = new ContainerPlan(vm.value(), image, labels, spec).create(docker);
        Map<String, Map<String, @Nullable Object>> networks = networks();
        GuestFiles.push(docker, container, request.agent().document(vm, networks, Optional.empty()));
        try {
            VmContainers.start(docker, container);
        } catch (DockerException e) {
            if (!removeEarlierAttempt(docker)) {
                throw e;
            }
            VmContainers.start(docker, container);
        }
        return new CreatedVm(vm, networks);
    }

    private Map<String, String> labels(String kind) {
        Map<String, String> labels = new TreeMap<>(Labels.of(kind, call, engine.clock()));
        labels.put(Labels.VM, vm.value());
        return labels;
    }

    /** The engine has set the addresses up when the agent starts. */
    private Map<String, Map<String, @Nullable Object>> networks() {
        Map<String, Map<String, @Nullable Object>> networks = new LinkedHashMap<>();
        for (NetworkSpec network : request.networks()) {
            Map<String, @Nullable Object> settings = new LinkedHashMap<>(network.asMap());
            settings.put("preconfigured", true);
            networks.put(network.name(), settings);
        }
        return networks;
    }

    /**
     * Removes the VM that an earlier call of the same Director for the same agent has left with an address of this one: that
     * call was cut off, and BOSH does not know its VM.
     */
    private boolean removeEarlierAttempt(DockerClient docker) {
        if (call.directorUuid().isEmpty()) {
            return false;
        }
        Map<String, String> same = Map.of(
                Labels.AGENT,
                request.agent().agentId().value(),
                Labels.DIRECTOR,
                call.directorUuid().get());
        for (Container container : VmContainers.labelled(docker, same)) {
            String other = Labels.value(container.getLabels(), Labels.VM).orElse("");
            if (!vm.value().equals(other)
                    && VmSpec.of(container.getLabels()).conflict(spec).isPresent()
                    && Volumes.with(docker, Labels.OF, other).isEmpty()) {
                LOG.warn("The VM {} is what an earlier create_vm for this agent has left, and is removed", other);
                DockerVms.remove(docker, new VmCid(other));
                return true;
            }
        }
        return false;
    }
}
