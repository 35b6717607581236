package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.model.FileAttributes;
import io.boshcpi.lxd.client.model.Image;
import io.boshcpi.lxd.client.model.Profile;
import io.boshcpi.lxd.client.model.Project;
import io.boshcpi.lxd.client.session.InstanceFiles;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.spi.InstanceKind;
import io.boshcpi.lxd.spi.ProjectRules;
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
 * One {@code create_vm}: looks at what the plan depends on, makes the plan, and carries it out.
 *
 * <p>Whatever fails, nothing of the VM is left, since BOSH does not get to know its CID.
 */
final class VmCreation {
    private static final Logger LOG = LoggerFactory.getLogger(VmCreation.class);

    /** Of 32 that are made at once none to three meet it; several times in a row is bad luck or another fault. */
    private static final int MOST_ATTEMPTS = 5;

    private final LxdCloud cloud;
    private final Call call;
    private final VmCid vm;
    private final VmRequest request;
    private final LxdSession lxd;
    private final VmPlanner planner;

    VmCreation(LxdCloud cloud, Call call, VmCid vm, VmRequest request) {
        this.cloud = cloud;
        this.call = call;
        this.vm = vm;
        this.request = request;
        this.lxd = cloud.session(call);
        this.planner = new VmPlanner(vm, request, cloud.config(), cloud.contributors());
    }

    CreatedVm run() {
        Undo undo = new Undo();
        try {
            VmPlanner.Surroundings surroundings = surroundings();
            VmPlan plan = planner.plan(surroundings);
            LOG.debug("{}", plan);
            makeEphemeralDisk(plan, undo);
            undo.register("instance " + vm, () -> LxdVms.remove(cloud.undoSession(call), vm));
            VmPlan made = makeInstance(plan, surroundings);
            lxd.instances().start(vm.value());
            return new CreatedVm(vm, made.networks());
        } catch (RuntimeException e) {
            undo.run(e);
            throw Errors.ofVmCreation(e);
        }
    }

    private void makeEphemeralDisk(VmPlan plan, Undo undo) {
        plan.ephemeralDisk().ifPresent(volume -> {
            undo.register(
                    "volume " + volume.name() + " in pool " + volume.pool(),
                    () -> cloud.undoSession(call).volumes(volume.pool()).delete(volume.name()));
            Pools.create(lxd, volume, plan.instance().placement().target());
        });
    }

    /** Makes the instance with its files. Where the server loses its way to those, a new instance has another. */
    private VmPlan makeInstance(VmPlan plan, VmPlanner.Surroundings surroundings) {
        for (int attempt = 1; ; attempt++) {
            create(plan.instance());
            try {
                return furnish(plan, surroundings);
            } catch (LxdException e) {
                if (!e.is(LxdException.Kind.FILES_UNREACHABLE) || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
                LOG.warn("{}; the instance is made again", e.getMessage());
                lxd.instances().delete(vm.value());
            }
        }
    }

    /**
     * Pushes what the guest finds at its first start.
     *
     * @return the plan as it is for this stemcell
     */
    private VmPlan furnish(VmPlan assumed, VmPlanner.Surroundings surroundings) {
        VmPlan plan = surroundings.image().traitsAreKnown() ? assumed : adaptToStemcell(surroundings);
        for (InitialFile file : plan.files()) {
            push(file);
        }
        return plan;
    }

    private void create(InstancePlan instance) {
        try {
            lxd.instances()
                    .create(instance.body(), instance.placement().target().orElse(null));
        } catch (LxdException e) {
            if (e.isMissing(LxdException.Subject.POOL)) { // The server does not say which.
                throw Pools.missing(
                        instance.devices().getOrDefault("root", Map.of()).get("pool"), e);
            }
            throw e;
        }
    }

    /** Reads what the stemcell needs from the instance, which has not started yet, and remembers it with the image. */
    private VmPlan adaptToStemcell(VmPlanner.Surroundings assumed) {
        StemcellTraits traits = StemcellReader.read(lxd, vm.value());
        VmPlanner.Surroundings known = assumed.withTraits(traits);
        String rawLxc = planner.rawLxc(known);
        if (!rawLxc.equals(planner.rawLxc(assumed))) {
            lxd.instances().patch(vm.value(), Map.of("raw.lxc", rawLxc), Map.of());
        }
        try {
            lxd.images().patchProperties(assumed.image().fingerprint(), traits.asImageProperties());
        } catch (LxdException e) {
            LOG.warn(
                    "What the stemcell needs could not be noted with its image and is read again next time: {}",
                    e.getMessage());
        }
        return planner.plan(known);
    }

    private VmPlanner.Surroundings surroundings() {
        return new VmPlanner.Surroundings(
                image(),
                rules(),
                planner.ephemeralPool().map(this::driver),
                profileNics(),
                kind -> Tags.of(kind, call, cloud.now()));
    }

    private VmPlanner.StemcellOnServer image() {
        String fingerprint = StemcellName.fingerprint(request.stemcell());
        Image image = lxd.images()
                .find(fingerprint)
                .orElseThrow(() -> new CpiException(
                        ErrorType.CLOUD_ERROR,
                        "The stemcell " + request.stemcell() + " is not on the server; `bosh upload-stemcell --fix`"
                                + " brings it back"));
        InstanceKind kind = image.type().equals(InstanceKind.VIRTUAL_MACHINE.apiName())
                ? InstanceKind.VIRTUAL_MACHINE
                : InstanceKind.CONTAINER;
        Optional<StemcellTraits> traits = StemcellTraits.remembered(image.properties());
        return new VmPlanner.StemcellOnServer(
                fingerprint, kind, traits.orElse(StemcellTraits.USUAL), traits.isPresent());
    }

    private ProjectRules rules() {
        String name = cloud.project(call);
        Project project = lxd.projects()
                .find(name)
                .orElseThrow(() -> new CpiException(
                        ErrorType.CLOUD_ERROR, "The project " + name + " (lxd.project) is not on the server"));
        return cloud.contributors().projects().rules(name, project.config());
    }

    private StorageDriver driver(String pool) {
        return Pools.driver(cloud, lxd, pool);
    }

    private Set<String> profileNics() {
        Set<String> nics = new TreeSet<>();
        for (String profile : planner.profiles()) {
            Map<String, Map<String, String>> devices = lxd.profiles()
                    .find(profile)
                    .map(Profile::devices)
                    .orElseThrow(() -> new CpiException(
                            ErrorType.CLOUD_ERROR,
                            "The profile " + profile + " is not in the project " + lxd.project()));
            devices.forEach((name, device) -> {
                if ("nic".equals(device.get("type"))) {
                    nics.add(name);
                }
            });
        }
        return nics;
    }

    private void push(InitialFile file) {
        InstanceFiles files = lxd.instances().files(vm.value());
        if (file instanceof InitialFile.Plain plain) {
            files.push(
                    plain.path(),
                    FileAttributes.ofRoot(plain.mode()),
                    plain.content().toArray());
        } else if (file instanceof InitialFile.Directory directory) {
            files.makeDirectory(directory.path(), FileAttributes.ofRoot(0755));
        } else if (file instanceof InitialFile.Link link) {
            files.link(link.path(), link.target());
        }
    }
}
