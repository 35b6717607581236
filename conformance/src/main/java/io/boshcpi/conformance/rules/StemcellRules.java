package io.boshcpi.conformance.rules;

import io.boshcpi.conformance.cloud.Prerequisite;
import io.boshcpi.conformance.cloud.World;
import io.boshcpi.conformance.verdict.Expect;
import io.boshcpi.conformance.wire.Caller;
import io.boshcpi.conformance.wire.CpiError;
import io.boshcpi.conformance.wire.Exchange;
import java.util.List;
import java.util.Map;

/** Stemcells, full and light. */
final class StemcellRules {
    private static final String A_CID = "a result that is a string of 1 to 255 characters";

    private StemcellRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "stemcells.create",
                        "create_stemcell gives a CID",
                        Sources.UPLOADS,
                        world -> created(world.stemcells().doomed().making())),
                new Rule(
                        "stemcells.delete",
                        "delete_stemcell succeeds",
                        Sources.DELETES_STEMCELL,
                        world -> Expect.success(world.stemcells().doomed().deletion(), "success")),
                new Rule(
                        "stemcells.delete-missing",
                        "delete_stemcell of a stemcell that is gone succeeds; the Director tolerates no error here",
                        Sources.DELETES_STEMCELL,
                        StemcellRules::deleteMissing),
                new Rule(
                        "stemcells.vm-of-missing",
                        "create_vm of a stemcell that is gone is answered with an error, and with none that says ok_to_retry:"
                                + " the Director would call again at once, up to five times",
                        Sources.CREATES_VM,
                        StemcellRules::vmOfMissing),
                new Rule(
                        "stemcells.second-upload",
                        "Deleting one of two uploads of the same image leaves the other one usable: upload-stemcell --fix"
                                + " and a second Director upload again",
                        Sources.UPLOADS,
                        StemcellRules::secondUpload),
                new Rule(
                        "stemcells.no-image",
                        "create_stemcell of a file that is not there is answered with an error",
                        Sources.UPLOADS,
                        StemcellRules::noImage),
                new Rule(
                        "stemcells.light",
                        "A light stemcell gives a CID, of which a VM can be made, and can be deleted",
                        Sources.UPLOADS,
                        StemcellRules::light));
    }

    private static String created(Exchange exchange) {
        return Expect.cid(Expect.success(exchange, A_CID), exchange, A_CID);
    }

    private static void deleteMissing(World world) {
        String gone = world.stemcells().doomed().gone();
        Expect.success(world.callers().director().call("delete_stemcell", gone), "success");
    }

    private static void vmOfMissing(World world) {
        Caller director = world.callers().director();
        String gone = world.stemcells().doomed().gone();
        Exchange exchange = world.vms()
                .create(
                        director,
                        world.vms().order(director, gone, world.settings().vm(), List.of()));
        CpiError error = Expect.error(exchange, List.of(), "an error");
        Expect.that(!(error.is("VMCreationFailed") && error.okToRetry()), exchange, "ok_to_retry false");
    }

    private static void secondUpload(World world) {
        Caller director = world.callers().director();
        String first = world.stemcells().stemcell().cid();
        String second = created(world.stemcells().upload(director));
        if (second.equals(first)) {
            return; // Both are one, which a CPI may do.
        }
        Prerequisite.of(director.call("delete_stemcell", second));
        Exchange vm = world.vms().doomed().making();
        Expect.success(vm, "a VM of the other upload, " + first);
    }

    private static void noImage(World world) {
        String image = world.stemcells().file().image() + ".missing";
        Exchange exchange = world.callers().director().call("create_stemcell", image, Map.of());
        Expect.error(exchange, List.of(), "an error");
    }

    private static void light(World world) {
        Caller director = world.callers().director();
        String cid = created(world.stemcells().uploadLight());
        Exchange vm = world.vms()
                .create(
                        director,
                        world.vms().order(director, cid, world.settings().vm(), List.of()));
        Object result = Expect.success(vm, "a VM of the light stemcell");
        if (result instanceof List<?> list && !list.isEmpty()) {
            Prerequisite.of(world.vms().delete(director, String.valueOf(list.get(0))));
        }
        Expect.success(director.call("delete_stemcell", cid), "success");
    }
}
