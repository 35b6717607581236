package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.FileAttributes;
import io.boshcpi.lxd.client.session.InstanceFiles;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.disk.Pools;
import io.boshcpi.lxd.provider.stemcell.StemcellOnServer;
import io.boshcpi.lxd.provider.stemcell.StemcellTraits;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the instance of a plan and pushes a container's files, so that it is ready for its first start. */
final class InstanceSetup {
    private static final String INVALID_OPTION = "Invalid device option ";
    private static final Logger LOG = LoggerFactory.getLogger(InstanceSetup.class);

    /** Of 32 instances created at once up to three lose their files; five times in a row is another fault. */
    private static final int MAX_ATTEMPTS = 5;

    private final LxdSession lxd;
    private final StemcellOnServer stemcell;
    private final VmPlan plan;
    private final String name;

    InstanceSetup(LxdSession lxd, StemcellOnServer stemcell, VmPlan plan) {
        this.lxd = lxd;
        this.stemcell = stemcell;
        this.plan = plan;
        this.name = plan.instance().name();
    }

    /** Creates the instance; if the server loses access to its files, deletes it and creates another. */
    void run() {
        for (int attempt = 1; ; attempt++) {
            try {
                createWithFiles();
                return;
            } catch (LxdException e) {
                if (!e.is(Kind.FILES_UNREACHABLE) || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
                LOG.warn("{}; the instance is created again", e.getMessage());
                lxd.instances().delete(name);
            }
        }
    }

    private void createWithFiles() {
        if (plan.guest().isEmpty()) {
            create("");
        } else if (stemcell.traits().isPresent()) {
            GuestPlan guest = GuestPlan.of(plan.guest().get(), stemcell.traits().get());
            create(plan.rawLxc(guest.lxcLines()));
            pushFiles(guest);
        } else {
            create(plan.rawLxc(List.of()));
            pushFiles(planOfNewStemcell(plan.guest().get()));
        }
    }

    private void create(String rawLxc) {
        try {
            lxd.instances()
                    .create(
                            plan.instance().body(rawLxc),
                            plan.instance().placement().target().orElse(null));
        } catch (LxdException e) {
            if (e.isMissing(Subject.POOL)) { // The server does not say which.
                Map<String, String> root = plan.instance().devices().getOrDefault("root", Map.of());
                throw Pools.missing(root.get("pool"), e);
            }
            throw explained(e);
        }
    }

    /** Names the cloud property that the server's words are about. */
    private RuntimeException explained(LxdException failure) {
        String size = plan.instance().devices().getOrDefault("root", Map.of()).get("size");
        Optional<String> target = plan.instance().placement().target();
        if (size != null && isTooSmall(failure)) {
            return new CpiException(
                    ErrorType.VM_CREATION_FAILED,
                    failure.getMessage() + "; cloud_properties.root_disk is " + size
                            + ", which the stemcell's files do not fit into, unless the storage pool is full",
                    failure);
        } else if (target.isPresent() && String.valueOf(failure.getMessage()).contains("luster ")) {
            return failure.explained("; cloud_properties.target is " + target.get()
                    + ", which is to be a member of the cluster, or @ and a group of members");
        }
        return networkOfOtherType(failure);
    }

    /** A network that the server manages need not be a bridge, which is known only to the server then. */
    private RuntimeException networkOfOtherType(LxdException failure) {
        String words = String.valueOf(failure.getMessage());
        if (words.contains(INVALID_OPTION)) {
            for (Map.Entry<String, Map<String, String>> device :
                    plan.instance().devices().entrySet()) {
                String network = device.getValue().get("network");
                if (network != null && words.contains("\"" + device.getKey() + "\"")) {
                    return failure.explained("; the network " + network + " is of another type than the network's"
                            + " cloud_properties.type says, which is bridge unless it is given");
                }
            }
        }
        return failure;
    }

    private static boolean isTooSmall(LxdException failure) {
        return failure.is(Kind.NO_SPACE)
                || String.valueOf(failure.getMessage()).contains("exceeds specified volume size");
    }

    /** Reads the traits from the instance, adds the lines that they ask for, and keeps them with the image. */
    private GuestPlan planOfNewStemcell(GuestInputs inputs) {
        StemcellTraits traits = stemcell.readTraits(lxd, name);
        GuestPlan guest = GuestPlan.of(inputs, traits);
        if (!guest.lxcLines().isEmpty()) {
            lxd.instances().patch(name, Map.of("raw.lxc", plan.rawLxc(guest.lxcLines())), Map.of());
        }
        stemcell.keepTraits(lxd, traits);
        return guest;
    }

    private void pushFiles(GuestPlan guest) {
        InstanceFiles files = lxd.instances().files(name);
        for (InitialFile file : guest.files()) {
            push(files, file);
        }
    }

    private static void push(InstanceFiles files, InitialFile file) {
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
