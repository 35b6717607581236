package io.boshcpi.conformance.rules;

import io.boshcpi.conformance.cloud.Disks;
import io.boshcpi.conformance.cloud.Prerequisite;
import io.boshcpi.conformance.cloud.World;
import io.boshcpi.conformance.verdict.Expect;
import io.boshcpi.conformance.verdict.Ruling;
import io.boshcpi.conformance.wire.Caller;
import io.boshcpi.conformance.wire.Exchange;
import io.boshcpi.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Persistent disks. What is on them, only the guest sees; the kit goes by CIDs and by what the CPI says of them. */
final class DiskRules {
    private static final String HINT = "a result that is a disk hint: a string that is not empty, or a hash of strings";

    private DiskRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "disks.create",
                        "create_disk gives a CID",
                        Sources.CREATES_DISK,
                        world -> created(world.disks().disk().making())),
                new Rule(
                        "disks.create-bad-size",
                        "create_disk of a size that is no size is answered with an error",
                        Sources.CREATES_DISK,
                        DiskRules::badSize),
                new Rule("disks.has", "has_disk of a disk is true", Sources.HAS_DISK, DiskRules::has),
                new Rule(
                        "disks.delete",
                        "delete_disk succeeds, and has_disk is false afterwards",
                        Sources.DELETES_DISK,
                        DiskRules::delete),
                new Rule(
                        "disks.has-missing",
                        "has_disk of a disk that is gone is the boolean false",
                        Sources.HAS_DISK,
                        DiskRules::hasMissing),
                new Rule(
                        "disks.delete-missing",
                        "delete_disk of a disk that is gone succeeds: not every caller tolerates DiskNotFound",
                        Sources.DELETES_DISK,
                        DiskRules::deleteMissing),
                new Rule(
                        "disks.attach",
                        "attach_disk gives a hint by which the agent finds the disk",
                        Sources.ATTACHES,
                        DiskRules::attach),
                new Rule(
                        "disks.attach-again",
                        "attach_disk of a disk that is attached already gives the same hint",
                        Sources.ATTACHES,
                        DiskRules::attachAgain),
                new Rule(
                        "disks.list-attached",
                        "get_disks has the disk that is attached",
                        Sources.SELF_SNAPSHOTS,
                        DiskRules::listAttached),
                new Rule(
                        "disks.attach-elsewhere",
                        "attach_disk of a disk that another VM has is answered with an error, and the disk stays there",
                        Sources.ATTACHES,
                        DiskRules::attachElsewhere),
                new Rule(
                        "disks.reboot",
                        "After reboot_vm the disk is still attached, by the same hint",
                        Sources.REBOOTS,
                        DiskRules::reboot),
                new Rule(
                        "disks.metadata",
                        "set_disk_metadata succeeds",
                        Sources.METADATA,
                        world -> metadata(world, Metadata.ofDisk())),
                new Rule(
                        "disks.metadata-odd",
                        "set_disk_metadata takes tags that are numbers, booleans, null, long, or beyond ASCII",
                        Sources.METADATA,
                        world -> metadata(world, Metadata.odd())),
                new Rule("disks.detach", "detach_disk succeeds", Sources.DETACHES, DiskRules::detach),
                new Rule(
                        "disks.list-detached",
                        "get_disks has no disk that is detached",
                        Sources.SELF_SNAPSHOTS,
                        DiskRules::listDetached),
                new Rule(
                        "disks.detach-again",
                        "detach_disk of a disk that is not attached succeeds; DiskNotAttached on an active disk blocks every"
                                + " further deploy",
                        Sources.DETACHES,
                        DiskRules::detachAgain),
                new Rule(
                        "disks.detach-missing-disk",
                        "detach_disk of a disk that is gone succeeds",
                        Sources.DETACHES,
                        DiskRules::detachMissingDisk),
                new Rule(
                        "disks.detach-missing-vm",
                        "detach_disk from a VM that is gone succeeds",
                        Sources.DETACHES,
                        DiskRules::detachMissingVm),
                new Rule(
                        "disks.attach-missing-disk",
                        "attach_disk of a disk that is gone is answered with Bosh::Clouds::DiskNotFound",
                        Sources.HANDLES_ERRORS,
                        DiskRules::attachMissingDisk),
                new Rule(
                        "disks.attach-missing-vm",
                        "attach_disk to a VM that is gone is answered with Bosh::Clouds::VMNotFound",
                        Sources.HANDLES_ERRORS,
                        DiskRules::attachMissingVm),
                new Rule(
                        "disks.resize",
                        "resize_disk to a larger size succeeds, also a second time, and the disk can be attached",
                        Sources.DISK_MANAGER,
                        DiskRules::resize),
                new Rule(
                        "disks.resize-missing",
                        "resize_disk of a disk that is gone is answered with Bosh::Clouds::DiskNotFound",
                        Sources.HANDLES_ERRORS,
                        DiskRules::resizeMissing),
                new Rule(
                        "disks.update",
                        "update_disk gives null or the CID by which the disk is known from then on; a replaced disk is gone",
                        Sources.DISK_MANAGER,
                        DiskRules::update),
                new Rule(
                        "disks.keep-when-vm-goes",
                        "delete_vm of a VM with a disk attached keeps the disk, which then goes to another VM",
                        Sources.DELETES_VM,
                        DiskRules::keepWhenVmGoes),
                new Rule(
                        "disks.placement-hint",
                        "create_vm attaches no disk of its hint disk_cids; the disk of a recreated VM comes with attach_disk",
                        Sources.CREATES_VM,
                        DiskRules::placementHint),
                new Rule(
                        "disks.delete-attached",
                        "delete_disk of an attached disk either detaches and deletes it, or fails and leaves it as it was",
                        Sources.DELETES_DISK,
                        DiskRules::deleteAttached));
    }

    /** The CID in the answer of {@code create_disk}. */
    static String created(Exchange exchange) {
        String expected = "a result that is a string of 1 to 255 characters";
        return Expect.cid(Expect.success(exchange, expected), exchange, expected);
    }

    /** Holds the answer of {@code attach_disk} of version 2 or 3 to be a hint. */
    static void hint(Exchange exchange) {
        Object hint = Expect.success(exchange, HINT);
        boolean usable = (hint instanceof String path && !path.isEmpty())
                || (hint instanceof Map<?, ?> map
                        && !map.isEmpty()
                        && map.values().stream().allMatch(String.class::isInstance));
        Expect.that(usable, exchange, HINT);
    }

    private static Caller director(World world) {
        return world.callers().director();
    }

    private static String vm(World world) {
        return world.vms().vm().cid();
    }

    private static void badSize(World world) {
        Exchange exchange =
                director(world).call("create_disk", 0, world.settings().disk(), vm(world));
        Expect.error(exchange, List.of(), "an error");
    }

    private static void has(World world) {
        Expect.flag(true, director(world).call("has_disk", world.disks().disk().cid()), "the result true");
    }

    private static void delete(World world) {
        Expect.success(world.disks().doomed().deletion(), "success");
        Exchange exchange =
                director(world).call("has_disk", world.disks().doomed().gone());
        Expect.that(!Boolean.TRUE.equals(Expect.success(exchange, "a result")), exchange, "not true after delete_disk");
    }

    private static void hasMissing(World world) {
        Expect.flag(
                false, director(world).call("has_disk", world.disks().doomed().gone()), "the result false");
    }

    private static void deleteMissing(World world) {
        Expect.success(
                director(world).call("delete_disk", world.disks().doomed().gone()), "success");
    }

    private static void attach(World world) {
        world.disks().needDetached();
        hint(world.disks().attach(vm(world)));
    }

    private static void attachAgain(World world) {
        Disks disks = world.disks();
        disks.needDetached();
        Exchange first = disks.attach(vm(world));
        Prerequisite.of(first);
        sameHint(first, disks.attach(vm(world)));
    }

    private static void sameHint(Exchange first, Exchange second) {
        String expected =
                "the hint of the call before, " + Json.write(first.answer().result());
        Object hint = Expect.success(second, expected);
        Expect.that(Json.write(hint).equals(Json.write(first.answer().result())), second, expected);
    }

    /** The disks of a VM; ends the check if the CPI has no {@code get_disks}. */
    private static List<?> list(Exchange exchange) {
        Object result = Expect.ifOffered(exchange, "a result that is an array");
        Expect.that(result instanceof List, exchange, "a result that is an array");
        return (List<?>) Objects.requireNonNull(result);
    }

    private static void listAttached(World world) {
        world.disks().needAttached();
        String disk = world.disks().disk().cid();
        Exchange exchange = director(world).call("get_disks", vm(world));
        Expect.that(list(exchange).equals(List.of(disk)), exchange, "the result [\"" + disk + "\"]");
    }

    private static void listDetached(World world) {
        world.disks().needDetached();
        Exchange exchange = director(world).call("get_disks", vm(world));
        Expect.that(list(exchange).isEmpty(), exchange, "an empty array");
    }

    /** The disks of a VM as the CPI tells them, where it does. */
    private static void expectDisks(World world, String vm, List<String> wanted, String expected) {
        Exchange exchange = director(world).call("get_disks", vm);
        if (Expect.error(exchange).filter(error -> error.is("NotImplemented")).isEmpty()) {
            Expect.that(list(exchange).equals(wanted), exchange, expected);
        }
    }

    private static void attachElsewhere(World world) {
        world.disks().needAttached();
        String disk = world.disks().disk().cid();
        String other = world.vms().other().cid();
        Exchange exchange = director(world).call("attach_disk", other, disk);
        if (exchange.answer().error().isEmpty()) {
            director(world).call("detach_disk", other, disk);
            world.disks().attach(vm(world));
        }
        Expect.error(exchange, List.of(), "an error: two VMs that write to one disk destroy it");
        expectDisks(world, vm(world), List.of(disk), "the disk, still at its VM");
    }

    private static void reboot(World world) {
        Disks disks = world.disks();
        disks.needDetached();
        Exchange before = disks.attach(vm(world));
        Prerequisite.of(before);
        Prerequisite.of(director(world).call("reboot_vm", vm(world)));
        expectDisks(world, vm(world), List.of(disks.disk().cid()), "the disk, still attached");
        sameHint(before, disks.attach(vm(world)));
    }

    private static void metadata(World world, Map<String, ? extends @Nullable Object> metadata) {
        world.disks().needAttached();
        Exchange exchange =
                director(world).call("set_disk_metadata", world.disks().disk().cid(), metadata);
        Expect.ifOffered(exchange, "success");
    }

    private static void detach(World world) {
        world.disks().needAttached();
        Expect.success(world.disks().detach(vm(world)), "success");
    }

    private static void detachAgain(World world) {
        world.disks().needDetached();
        Expect.success(world.disks().detach(vm(world)), "success");
    }

    private static void detachMissingDisk(World world) {
        String gone = world.disks().doomed().gone();
        Expect.success(director(world).call("detach_disk", vm(world), gone), "success");
    }

    private static void detachMissingVm(World world) {
        world.disks().needDetached();
        Expect.success(world.disks().detach(world.vms().doomed().gone()), "success");
    }

    private static void attachMissingDisk(World world) {
        Exchange exchange = director(world)
                .call("attach_disk", vm(world), world.disks().doomed().gone());
        Expect.error(exchange, List.of("DiskNotFound"), "an error of type Bosh::Clouds::DiskNotFound");
    }

    private static void attachMissingVm(World world) {
        world.disks().needDetached();
        Exchange exchange = world.disks().attach(world.vms().doomed().gone());
        Expect.error(exchange, List.of("VMNotFound"), "an error of type Bosh::Clouds::VMNotFound");
    }

    private static void resize(World world) {
        world.disks().needDetached();
        String disk = world.disks().disk().cid();
        int size = 2 * world.settings().diskMib();
        offered(director(world).call("resize_disk", disk, size), "success");
        Expect.success(
                director(world).call("resize_disk", disk, size),
                "success: a deploy that failed after the resize calls again");
        Expect.success(world.disks().attach(vm(world)), "the disk attached after its resize");
    }

    /** {@code resize_disk} and {@code update_disk} may fail with NotSupported, too: the Director then copies. */
    private static @Nullable Object offered(Exchange exchange, String expected) {
        if (Expect.error(exchange).filter(error -> error.is("NotSupported")).isPresent()) {
            throw Ruling.notOffered(exchange);
        }
        return Expect.ifOffered(exchange, expected);
    }

    private static void resizeMissing(World world) {
        Exchange exchange = director(world)
                .call(
                        "resize_disk",
                        world.disks().doomed().gone(),
                        2 * world.settings().diskMib());
        Expect.errorIfOffered(exchange, "DiskNotFound", "an error of type Bosh::Clouds::DiskNotFound");
    }

    private static void update(World world) {
        String old = created(world.disks().create());
        Exchange exchange = director(world)
                .call(
                        "update_disk",
                        old,
                        2 * world.settings().diskMib(),
                        world.settings().otherDisk());
        Object result = offered(exchange, "null or a CID");
        Expect.that(
                result == null || (result instanceof String cid && !cid.isBlank()),
                exchange,
                "a result that is null or a CID");
        String disk = result == null ? old : String.valueOf(result);
        Expect.flag(true, director(world).call("has_disk", disk), "the result true for the updated disk");
        if (!disk.equals(old)) {
            Expect.flag(
                    false,
                    director(world).call("has_disk", old),
                    "the result false: the Director never asks for the old disk again, so it is leaked");
        }
        Prerequisite.of(director(world).call("delete_disk", disk));
    }

    private static void keepWhenVmGoes(World world) {
        Disks disks = world.disks();
        disks.needDetached();
        String disk = disks.disk().cid();
        Prerequisite.of(disks.attach(world.vms().other().cid()));
        Expect.success(
                world.vms().delete(director(world), world.vms().other().cid()), "success with the disk attached");
        world.vms().other().forget();
        disks.vmIsGone();
        Exchange has = director(world).call("has_disk", disk);
        if (has.answer().error().isEmpty() && !Boolean.TRUE.equals(has.answer().result())) {
            disks.disk().forget();
        }
        Expect.flag(true, has, "the result true: the VM's disks outlive it");
        hint(disks.attach(vm(world)));
    }

    private static void placementHint(World world) {
        Disks disks = world.disks();
        disks.needDetached();
        String disk = disks.disk().cid();
        String stemcell = world.stemcells().stemcell().cid();
        Exchange creation = world.vms()
                .create(
                        director(world),
                        world.vms()
                                .order(
                                        director(world),
                                        stemcell,
                                        world.settings().vm(),
                                        List.of(disk)));
        String vm = VmRules.created(creation);
        try {
            expectDisks(world, vm, List.of(), "no disk at the new VM: disk_cids is a hint of where to place it");
            hint(disks.attach(vm));
            expectDisks(world, vm, List.of(disk), "the disk, attached");
        } finally {
            disks.detach(vm);
            world.vms().delete(director(world), vm);
        }
    }

    private static void deleteAttached(World world) {
        String disk = created(world.disks().create());
        Prerequisite.of(director(world).call("attach_disk", vm(world), disk));
        Exchange deletion = director(world).call("delete_disk", disk);
        boolean deleted = Expect.error(deletion).isEmpty();
        Exchange has = director(world).call("has_disk", disk);
        Expect.flag(!deleted, has, deleted ? "the result false: delete_disk succeeded" : "the result true: it failed");
        if (!deleted) {
            director(world).call("detach_disk", vm(world), disk);
            Prerequisite.of(director(world).call("delete_disk", disk));
        }
    }
}
