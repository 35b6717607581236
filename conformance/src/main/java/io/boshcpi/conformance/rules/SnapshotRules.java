package io.boshcpi.conformance.rules;

import io.boshcpi.conformance.cloud.World;
import io.boshcpi.conformance.verdict.Expect;
import io.boshcpi.conformance.wire.Caller;
import io.boshcpi.conformance.wire.Exchange;
import io.boshcpi.conformance.wire.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Snapshots of disks, which a CPI need not offer. */
final class SnapshotRules {
    private SnapshotRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "snapshots.create",
                        "snapshot_disk of an attached disk gives a CID of its own each time; null breaks the Director's"
                                + " database",
                        Sources.SNAPSHOTS,
                        SnapshotRules::create),
                new Rule(
                        "snapshots.duplicate-keys",
                        "snapshot_disk takes metadata with a key twice: deployment tags are appended to it",
                        Sources.SNAPSHOTS,
                        SnapshotRules::duplicateKeys),
                new Rule(
                        "snapshots.delete",
                        "delete_snapshot succeeds, also a second time",
                        Sources.SNAPSHOTS,
                        SnapshotRules::delete),
                new Rule(
                        "snapshots.missing-disk",
                        "snapshot_disk of a disk that is gone is answered with Bosh::Clouds::DiskNotFound",
                        Sources.HANDLES_ERRORS,
                        SnapshotRules::missingDisk));
    }

    private static Exchange snapshot(World world) {
        world.disks().needAttached();
        return world.callers()
                .director()
                .call("snapshot_disk", world.disks().disk().cid(), Metadata.ofSnapshot());
    }

    private static String cid(Exchange exchange) {
        String expected = "a result that is a string of 1 to 255 characters";
        return Expect.cid(Expect.ifOffered(exchange, expected), exchange, expected);
    }

    private static void create(World world) {
        String first = cid(snapshot(world));
        Exchange again = snapshot(world);
        String second = cid(again);
        Expect.that(!first.equals(second), again, "another CID than that of the snapshot before");
        world.callers().director().call("delete_snapshot", first);
        world.callers().director().call("delete_snapshot", second);
    }

    private static void duplicateKeys(World world) {
        world.disks().needAttached();
        Caller director = world.callers().director();
        Map<String, Object> metadata = new LinkedHashMap<>(Metadata.ofSnapshot());
        metadata.put("job_again", "tag");
        Request request = director.request("snapshot_disk", world.disks().disk().cid(), metadata);
        String snapshot = cid(director.send(request.with("\"job_again\"", "\"job\"")));
        director.call("delete_snapshot", snapshot);
    }

    private static void delete(World world) {
        String snapshot = cid(snapshot(world));
        Caller director = world.callers().director();
        Expect.success(director.call("delete_snapshot", snapshot), "success");
        Expect.success(director.call("delete_snapshot", snapshot), "success for a snapshot that is gone");
    }

    private static void missingDisk(World world) {
        Exchange exchange = world.callers()
                .director()
                .call("snapshot_disk", world.disks().doomed().gone(), Metadata.ofSnapshot());
        Expect.errorIfOffered(exchange, "DiskNotFound", "an error of type Bosh::Clouds::DiskNotFound");
    }
}
