package io.boshcpi.distribution;

import io.boshcpi.core.testing.RecordedCall;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a Director takes to be in its cloud, from the calls that it has made, one fact a line. Whatever a server has
 * beyond that was left behind; whatever it has not was lost.
 *
 * <p>CIDs are those of the recording. Every VM is supposed to have an ephemeral disk.
 */
public final class DirectorsView {
    private final int ephemeralMib;
    private final Set<String> stemcells = new TreeSet<>();
    private final Set<String> vms = new TreeSet<>();
    private final Map<String, Integer> diskSizes = new TreeMap<>();
    private final Map<String, String> attachments = new TreeMap<>();
    private final Map<String, String> snapshots = new TreeMap<>();

    /** An empty cloud, in which VMs get ephemeral disks of that size. */
    public DirectorsView(int ephemeralMib) {
        this.ephemeralMib = ephemeralMib;
    }

    /** A call that was made. */
    public void add(RecordedCall call) {
        Object result = call.response().get("result");
        String made = result instanceof List<?> vmAndNetworks ? (String) vmAndNetworks.get(0) : String.valueOf(result);
        switch (call.method()) {
            case "create_stemcell" -> stemcells.add(made);
            case "delete_stemcell" -> stemcells.remove(text(call, 0));
            case "create_vm" -> vms.add(made);
            case "delete_vm" -> {
                vms.remove(text(call, 0));
                attachments.values().removeIf(text(call, 0)::equals);
            }
            case "create_disk" -> diskSizes.put(made, number(call, 0));
            case "resize_disk", "update_disk" -> diskSizes.put(text(call, 0), number(call, 1));
            case "delete_disk" -> {
                diskSizes.remove(text(call, 0));
                snapshots.values().removeIf(text(call, 0)::equals);
            }
            case "attach_disk" -> attachments.put(text(call, 1), text(call, 0));
            case "detach_disk" -> attachments.remove(text(call, 1), text(call, 0));
            case "snapshot_disk" -> snapshots.put(made, text(call, 0));
            case "delete_snapshot" -> snapshots.remove(text(call, 0));
            default -> {
                // changes nothing that can get lost
            }
        }
    }

    /** The disks that are attached, and the VM of each. */
    public Map<String, String> attachments() {
        return attachments;
    }

    /** The facts, with the CIDs that stand for the recorded ones. */
    public SortedSet<String> facts(Map<String, String> cids) {
        SortedSet<String> facts = new TreeSet<>();
        stemcells.forEach(stemcell -> facts.add("stemcell " + image(actual(cids, stemcell))));
        vms.forEach(vm -> {
            String name = actual(cids, vm);
            facts.add("vm " + name + " is Running");
            facts.add("disk " + name + "-ephemeral has " + ephemeralMib + "MiB");
            facts.add("disk " + name + "-ephemeral is attached to " + name);
        });
        diskSizes.forEach((disk, size) -> facts.add("disk " + actual(cids, disk) + " has " + size + "MiB"));
        attachments.forEach(
                (disk, vm) -> facts.add("disk " + actual(cids, disk) + " is attached to " + actual(cids, vm)));
        snapshots.keySet().forEach(snapshot -> facts.add("snapshot " + actual(cids, snapshot)));
        return facts;
    }

    private static String actual(Map<String, String> cids, String recorded) {
        return cids.getOrDefault(recorded, recorded);
    }

    private static String text(RecordedCall call, int at) {
        return (String) argument(call, at);
    }

    private static int number(RecordedCall call, int at) {
        return ((Number) argument(call, at)).intValue();
    }

    private static Object argument(RecordedCall call, int at) {
        @Nullable Object argument = call.arguments().get(at);
        return argument == null ? "" : argument;
    }

    /** Of a stemcell's CID the image, which several stemcells may have. */
    private static String image(String stemcell) {
        return stemcell.substring(0, Math.min(stemcell.length(), "sc-".length() + 64));
    }
}
