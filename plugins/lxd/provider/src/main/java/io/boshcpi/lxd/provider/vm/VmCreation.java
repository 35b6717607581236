package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.model.Profile;
import io.boshcpi.lxd.client.model.Project;
import io.boshcpi.lxd.client.model.StoragePool;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.disk.DiskMember;
import io.boshcpi.lxd.provider.disk.Pools;
import io.boshcpi.lxd.provider.server.Errors;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.provider.server.Policy;
import io.boshcpi.lxd.provider.server.ServerTask;
import io.boshcpi.lxd.provider.server.Undo;
import io.boshcpi.lxd.provider.stemcell.StemcellOnServer;
import io.boshcpi.lxd.spi.InstanceKind;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.CreatedVm;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.VmCid;
import io.boshcpi.spi.VmRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@code create_vm}: reads what the plan depends on, makes the plan, and carries it out.
 *
 * <p>A failure leaves nothing of the VM, since BOSH never learns its CID.
 */
final class VmCreation extends ServerTask<CreatedVm> {
    private static final Logger LOG = LoggerFactory.getLogger(VmCreation.class);

    private static final int MAX_STARTS = 5;

    private final LxdCloud cloud;
    private final Call call;
    private final VmCid vm;
    private final VmRequest request;
    private final VmPlanner planner;

    VmCreation(LxdCloud cloud, Call call, VmCid vm, VmRequest request) {
        this.cloud = cloud;
        this.call = call;
        this.vm = vm;
        this.request = request;
        this.planner = new VmPlanner(vm, request, cloud.config(), cloud.contributors());
    }

    @Override
    protected CreatedVm run(LxdSession lxd, Undo undo) {
        long start = System.nanoTime();
        PlanInputs inputs = inputs(lxd);
        long known = System.nanoTime();
        VmPlan plan = planner.plan(inputs);
        if (LOG.isDebugEnabled()) {
            LOG.debug("What the plan depends on was read in {} ms", millis(known - start));
            LOG.debug("Planned in {} ms: {}", millis(System.nanoTime() - known), plan);
        }
        OwnVolumes.registerRemoval(undo, plan);
        if (inputs.place().isSettled()) {
            OwnVolumes.create(lxd, plan, inputs.place().target());
        }
        undo.register(new InstanceRemoval(vm));
        try {
            setUpAndStart(lxd, inputs, plan);
        } catch (LxdException e) {
            boolean again = e.is(Kind.ALREADY_EXISTS)
                    && EarlierAttempt.remove(
                            lxd, vm, inputs.origin(), request.agent().agentId());
            if (!again) {
                throw e;
            }
            VmRemoval.removeInstance(lxd, vm);
            if (!inputs.place().isSettled()) {
                OwnVolumes.deleteLeft(lxd, planner.pool(), vm);
            }
            setUpAndStart(lxd, inputs, plan);
        }
        return new CreatedVm(vm, plan.networks());
    }

    /** To the tenth of a millisecond. */
    private static double millis(long nanos) {
        return Math.round(nanos / 1e5) / 10.0;
    }

    private void setUpAndStart(LxdSession lxd, PlanInputs inputs, VmPlan plan) {
        if (inputs.place().isSettled()) {
            new InstanceSetup(lxd, inputs.stemcell(), plan).run();
        } else {
            new InstanceSetup(lxd, inputs.stemcell(), plan.withoutOwnVolumes()).run();
            addOwnVolumes(lxd, plan);
        }
        int attempt = 1;
        while (!start(lxd, inputs.stemcell().kind(), attempt == MAX_STARTS)) {
            attempt++;
        }
    }

    /** Makes them where the cluster has put the instance. */
    private void addOwnVolumes(LxdSession lxd, VmPlan plan) {
        Map<String, Map<String, String>> devices = plan.ownVolumes();
        if (!devices.isEmpty()) {
            OwnVolumes.create(lxd, plan, DiskMember.of(lxd.instances().find(vm.value())));
            lxd.instances().patch(vm.value(), Map.of(), devices);
        }
    }

    /** Returns false if the instance did not start for a reason that another start is unlikely to meet. */
    private boolean start(LxdSession lxd, InstanceKind kind, boolean isLast) {
        try {
            lxd.instances().start(vm.value());
            return true;
        } catch (LxdException e) {
            LxdException explained = StartFailure.explained(lxd, vm.value(), kind, e);
            if (isLast || !StartFailure.isRaceForTheIpv6Route(explained)) {
                throw explained;
            }
            LOG.warn("{}; the instance is started again", explained.getMessage());
            return false;
        }
    }

    @Override
    protected RuntimeException translate(RuntimeException failure) {
        return Errors.ofVmCreation(failure);
    }

    private PlanInputs inputs(LxdSession lxd) {
        StemcellOnServer stemcell = StemcellOnServer.get(lxd, request.stemcell());
        Project project = LxdCloud.existingProject(lxd);
        StoragePool pool = Pools.existing(lxd, planner.pool());
        return new PlanInputs(
                stemcell,
                place(lxd, pool),
                cloud.contributors().rules(project),
                Policy.of(cloud.config(), project.isRestricted()),
                driver(pool),
                profileNics(lxd),
                machineInputs(lxd, stemcell.kind()),
                cloud.origin(call));
    }

    /** A VM without volumes of its own may be in a pool that no plugin knows. */
    private Optional<StorageDriver> driver(StoragePool pool) {
        return planner.hasEphemeralDisk()
                ? Optional.of(Pools.driver(cloud, pool))
                : cloud.contributors().findStorage(pool.driver());
    }

    private MemberChoice place(LxdSession lxd, StoragePool pool) {
        return pool.isInCluster()
                ? MemberChoice.inCluster(lxd, planner.target(), request, cloud.config())
                : MemberChoice.withoutCluster(planner.target(), request.properties());
    }

    private static Optional<MachineInputs> machineInputs(LxdSession lxd, InstanceKind kind) {
        return kind == InstanceKind.VIRTUAL_MACHINE ? Optional.of(MachineInputs.of(lxd.server())) : Optional.empty();
    }

    private Set<String> profileNics(LxdSession lxd) {
        Set<String> nics = new TreeSet<>();
        for (String name : planner.profiles()) {
            Optional<Profile> profile = lxd.profiles().find(name);
            if (profile.isEmpty()) {
                throw new CpiException(
                        ErrorType.CLOUD_ERROR, "The profile " + name + " is not in the project " + lxd.project());
            }
            for (Map.Entry<String, Map<String, String>> device :
                    profile.get().devices().entrySet()) {
                if ("nic".equals(device.getValue().get("type"))) {
                    nics.add(device.getKey());
                }
            }
        }
        return nics;
    }

    /** Undoes the creation of the instance. */
    private static final class InstanceRemoval extends Undo.Step {
        private final VmCid vm;

        InstanceRemoval(VmCid vm) {
            super("instance " + vm);
            this.vm = vm;
        }

        @Override
        protected void undo(LxdSession lxd) {
            VmRemoval.removeInstance(lxd, vm);
        }
    }
}
