package io.boshcpi.conformance.rules;

import io.boshcpi.conformance.cloud.World;
import io.boshcpi.conformance.verdict.Expect;
import io.boshcpi.conformance.wire.Caller;
import io.boshcpi.conformance.wire.Exchange;
import java.util.List;

/** The calls of {@code create-env} and {@code delete-env}: version 2, no request ID, no prefix in networks. */
final class CreateEnvRules {
    private CreateEnvRules() {}

    static List<Rule> all() {
        return List.of(new Rule(
                "create-env.cycle",
                "The calls of create-env and delete-env succeed by version 2 of the API, with disk hint and array",
                Sources.CLI_DEPLOYS,
                CreateEnvRules::cycle));
    }

    private static void cycle(World world) {
        Caller cli = world.callers().cli();
        Exchange upload = world.stemcells().upload(cli);
        String stemcell = Expect.cid(Expect.success(upload, "a CID"), upload, "a result that is a CID");
        String vm = VmRules.created(world.vms()
                .create(cli, world.vms().order(cli, stemcell, world.settings().vm(), List.of())));
        tolerated(cli.call("set_vm_metadata", vm, Metadata.ofVm()));
        String disk = DiskRules.created(cli.call(
                "create_disk", world.settings().diskMib(), world.settings().disk(), vm));
        DiskRules.hint(cli.call("attach_disk", vm, disk));
        tolerated(cli.call("set_disk_metadata", disk, Metadata.ofDisk()));
        Expect.flag(true, cli.call("has_vm", vm), "the result true");
        Expect.success(world.vms().delete(cli, vm), "success with the disk attached: delete-env detaches none");
        Expect.success(cli.call("delete_disk", disk), "success: delete-env deletes a disk that it has not detached");
        boolean own = !stemcell.equals(world.stemcells().stemcell().cid());
        if (own) {
            Expect.success(cli.call("delete_stemcell", stemcell), "success");
        }
    }

    private static void tolerated(Exchange exchange) {
        if (Expect.error(exchange).filter(error -> error.is("NotImplemented")).isEmpty()) {
            Expect.success(exchange, "success, or an error of type Bosh::Clouds::NotImplemented");
        }
    }
}
