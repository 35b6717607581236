package io.boshcpi.conformance.rules;

import io.boshcpi.conformance.cloud.Prerequisite;
import io.boshcpi.conformance.cloud.World;
import io.boshcpi.conformance.verdict.Expect;
import io.boshcpi.conformance.wire.Caller;
import io.boshcpi.conformance.wire.Exchange;
import io.boshcpi.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** VMs. */
final class VmRules {
    private static final Map<String, Integer> RESOURCES = Map.of("cpu", 1, "ram", 512, "ephemeral_disk_size", 1024);

    private VmRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "vms.create",
                        "create_vm gives an array of the VM's CID and its networks; of a bare string the Director takes the"
                                + " first character",
                        Sources.CREATES_VM,
                        world -> created(world.vms().vm().making())),
                new Rule("vms.has", "has_vm of a VM is true", Sources.HAS_VM, VmRules::has),
                new Rule(
                        "vms.delete",
                        "delete_vm succeeds, and has_vm is false afterwards",
                        Sources.DELETES_VM,
                        VmRules::delete),
                new Rule(
                        "vms.has-missing",
                        "has_vm of a VM that is gone is the boolean false",
                        Sources.HAS_VM,
                        VmRules::hasMissing),
                new Rule(
                        "vms.delete-missing",
                        "delete_vm of a VM that is gone succeeds, or fails with Bosh::Clouds::VMNotFound",
                        Sources.DELETES_VM,
                        VmRules::deleteMissing),
                new Rule(
                        "vms.metadata",
                        "set_vm_metadata succeeds on a VM; an error but NotImplemented destroys the new VM",
                        Sources.METADATA,
                        world -> metadata(world, Metadata.ofVm())),
                new Rule(
                        "vms.metadata-odd",
                        "set_vm_metadata takes tags that are numbers, booleans, null, long, or beyond ASCII",
                        Sources.METADATA,
                        world -> metadata(world, Metadata.odd())),
                new Rule(
                        "vms.metadata-missing",
                        "set_vm_metadata of a VM that is gone is answered with Bosh::Clouds::VMNotFound",
                        Sources.HANDLES_ERRORS,
                        VmRules::metadataMissing),
                new Rule("vms.reboot", "reboot_vm succeeds and keeps the VM", Sources.REBOOTS, VmRules::reboot),
                new Rule(
                        "vms.reboot-missing",
                        "reboot_vm of a VM that is gone is answered with Bosh::Clouds::VMNotFound",
                        Sources.HANDLES_ERRORS,
                        VmRules::rebootMissing),
                new Rule(
                        "vms.calculate",
                        "calculate_vm_cloud_properties gives a hash, and the same one each time: a changed one recreates VMs",
                        Sources.VM_RESOURCES,
                        VmRules::calculate),
                new Rule(
                        "vms.calculated",
                        "create_vm takes what calculate_vm_cloud_properties gives",
                        Sources.VM_RESOURCES,
                        VmRules::calculated),
                new Rule("vms.current", "current_vm_id gives a CID", Sources.SELF_SNAPSHOTS, VmRules::current));
    }

    /** The CID in the answer of {@code create_vm} of version 2 or 3. */
    static String created(Exchange exchange) {
        String expected = "a result that is an array of the VM's CID and a hash of its networks";
        Object result = Expect.success(exchange, expected);
        Expect.that(
                result instanceof List<?> list && list.size() >= 2 && list.get(1) instanceof Map, exchange, expected);
        return Expect.cid(((List<?>) Objects.requireNonNull(result)).get(0), exchange, expected);
    }

    private static void has(World world) {
        String vm = world.vms().vm().cid();
        Expect.flag(true, world.callers().director().call("has_vm", vm), "the result true");
    }

    private static void delete(World world) {
        Expect.success(world.vms().doomed().deletion(), "success");
        Exchange exchange =
                world.callers().director().call("has_vm", world.vms().doomed().gone());
        Object found = Expect.success(exchange, "a result");
        Expect.that(!Boolean.TRUE.equals(found), exchange, "not true: delete_vm is complete when it returns");
    }

    private static void hasMissing(World world) {
        String gone = world.vms().doomed().gone();
        Expect.flag(false, world.callers().director().call("has_vm", gone), "the result false");
    }

    private static void deleteMissing(World world) {
        String gone = world.vms().doomed().gone();
        Expect.successOr(
                "VMNotFound",
                world.vms().delete(world.callers().director(), gone),
                "success, or an error of type Bosh::Clouds::VMNotFound");
    }

    private static void metadata(World world, Map<String, ? extends @Nullable Object> metadata) {
        String vm = world.vms().vm().cid();
        Expect.ifOffered(world.callers().director().call("set_vm_metadata", vm, metadata), "success");
    }

    private static void metadataMissing(World world) {
        String gone = world.vms().doomed().gone();
        Expect.errorIfOffered(
                world.callers().director().call("set_vm_metadata", gone, Metadata.ofVm()),
                "VMNotFound",
                "an error of type Bosh::Clouds::VMNotFound");
    }

    private static void reboot(World world) {
        String vm = world.vms().vm().cid();
        Caller director = world.callers().director();
        Expect.success(director.call("reboot_vm", vm), "success");
        Expect.flag(true, director.call("has_vm", vm), "the result true after reboot_vm");
    }

    private static void rebootMissing(World world) {
        Exchange exchange = world.callers()
                .director()
                .call("reboot_vm", world.vms().doomed().gone());
        Expect.error(exchange, List.of("VMNotFound"), "an error of type Bosh::Clouds::VMNotFound");
    }

    private static Map<String, ?> calculate(World world) {
        Caller director = world.callers().director();
        String expected = "a result that is a hash";
        Exchange first = director.call("calculate_vm_cloud_properties", RESOURCES);
        Object properties = Expect.ifOffered(first, expected);
        Expect.that(properties instanceof Map, first, expected);
        Exchange second = director.call("calculate_vm_cloud_properties", RESOURCES);
        Object again = Expect.success(second, expected);
        Expect.that(
                Json.write(properties).equals(Json.write(again)),
                second,
                "the result of the call before: " + Json.write(properties));
        return Json.members(properties);
    }

    private static void calculated(World world) {
        Caller director = world.callers().director();
        Exchange calculation = director.call("calculate_vm_cloud_properties", RESOURCES);
        Map<String, Object> properties = new LinkedHashMap<>(world.settings().vm());
        properties.putAll(Json.members(Expect.ifOffered(calculation, "a result")));
        String stemcell = world.stemcells().stemcell().cid();
        Exchange exchange = world.vms().create(director, world.vms().order(director, stemcell, properties, List.of()));
        Prerequisite.of(world.vms().delete(director, created(exchange)));
    }

    private static void current(World world) {
        Exchange exchange = world.callers().director().call("current_vm_id");
        String expected = "a result that is a string";
        Expect.cid(Expect.ifOffered(exchange, expected), exchange, expected);
    }
}
