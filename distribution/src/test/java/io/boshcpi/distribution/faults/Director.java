package io.boshcpi.distribution.faults;

import io.boshcpi.core.call.CpiHost;
import io.boshcpi.core.testing.TestHost.Answer;
import io.boshcpi.distribution.Packaged;
import io.boshcpi.distribution.Packaged.Running;
import io.boshcpi.lxd.fake.proxy.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A Director with one object of each kind at most. */
final class Director {
    private static final List<Method> TIDYING = List.of(
            Method.DELETE_SNAPSHOT,
            Method.DELETE_VM,
            Method.DELETE_DISK,
            Method.DELETE_NETWORK,
            Method.DELETE_STEMCELL);

    private final Site site;
    private final String agent = UUID.randomUUID().toString();
    /** The image of its stemcell, the same whenever it makes the call again. */
    private final Map<Method, String> images = new EnumMap<>(Method.class);

    /** The CIDs by what they name: {@code vm}, {@code disk}, … */
    private final Map<String, String> cids = new LinkedHashMap<>();

    Director(Site site) {
        this.site = site;
    }

    /** Makes a call, which nothing disturbs. */
    Answer call(Method method) {
        return learn(method, site.call(method.wireName(), arguments(method)));
    }

    /** The same, which must succeed, on a real server in one of a few attempts if it is busy with the other tests. */
    void expect(Method method) {
        Answer answer = call(method);
        for (int attempt = 1; attempt < site.attempts && mayBeRepeated(answer); attempt++) {
            answer = call(method);
        }
        if (failed(answer)) {
            throw new IllegalStateException(method + ": " + answer.stdout() + answer.stderr());
        }
    }

    /** Makes a call with a host that is new to the server, in this process. */
    Answer callAnew(Method method, Map<String, ?> context) {
        try (CpiHost host = site.newHost()) {
            return learn(method, site.call(host, method.wireName(), arguments(method), context));
        }
    }

    /** Makes a call in a process that a fault kills: of a resident host, or of the call alone. */
    void callInProcess(Method method, boolean resident, Fault fault, int step)
            throws IOException, InterruptedException {
        Packaged cpi = site.packaged();
        CompletableFuture<Process> victim = new CompletableFuture<>();
        if (resident) {
            victim.complete(cpi.startHost().process());
        }
        try {
            site.proxy.arm(fault, step, () -> kill(victim.join()));
            Running call = cpi.start(
                    resident ? "cpi" : "cpi-cold",
                    site.request(method.wireName(), arguments(method), Map.of()),
                    Map.of());
            victim.complete(call.process());
            call.end();
        } finally {
            kill(victim.join());
        }
    }

    private static void kill(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
    }

    private Answer learn(Method method, Answer answer) {
        String made = method.made();
        if (made != null && !failed(answer)) {
            Object result = answer.result();
            cids.put(made, String.valueOf(result instanceof List<?> several ? several.get(0) : result));
        }
        return answer;
    }

    static boolean failed(Answer answer) {
        return answer.response().get("error") != null;
    }

    private static boolean mayBeRepeated(Answer answer) {
        return answer.response().get("error") instanceof Map<?, ?> error
                && Boolean.TRUE.equals(error.get("ok_to_retry"));
    }

    /** Deletes all that it knows, by CID. */
    void tidyUp() {
        for (Method delete : TIDYING) {
            if (cids.containsKey(delete.wireName().substring("delete_".length()))) {
                expect(delete);
            }
        }
    }

    /** What is at the site, with words for the CIDs. */
    SortedSet<String> view() {
        SortedSet<String> facts = new TreeSet<>();
        List<String> longestFirst = new ArrayList<>(cids.keySet());
        longestFirst.sort(Comparator.comparing(what -> -cid(what).length()));
        for (String fact : site.contents()) {
            String shown = fact;
            for (String what : longestFirst) {
                shown = shown.replace(name(what), "{" + what + "}");
            }
            facts.add(shown);
        }
        return facts;
    }

    private List<@Nullable Object> arguments(Method method) {
        return switch (method) {
            case CREATE_STEMCELL ->
                List.of(
                        images.computeIfAbsent(method, first -> site.newImage()),
                        Map.of("name", "faults", "version", "1"));
            case CREATE_MACHINE_STEMCELL ->
                List.of(
                        images.computeIfAbsent(method, first -> site.newMachineImage()),
                        Map.of("name", "faults", "version", "1", "disk_format", "qcow2"));
            case CREATE_VM, CREATE_MACHINE ->
                List.of(
                        agent,
                        cid("stemcell"),
                        Map.of("cpu", 1, "memory", 128, "ephemeral_disk", 64),
                        site.networks(),
                        List.of(),
                        Map.of("bosh", Map.of("password", "made-up")));
            case SET_VM_METADATA -> List.of(cid("vm"), Map.of("deployment", "faults", "job", "one"));
            case CREATE_DISK -> Arrays.asList(64, Map.of(), null);
            case SET_DISK_METADATA -> List.of(cid("disk"), Map.of("deployment", "faults"));
            case ATTACH_DISK, DETACH_DISK -> List.of(cid("vm"), cid("disk"));
            case RESIZE_DISK -> List.of(cid("disk"), 128);
            case UPDATE_DISK -> List.of(cid("disk"), 64, Map.of("storage_pool", "dir"));
            case SNAPSHOT_DISK -> List.of(cid("disk"), Map.of("deployment", "faults"));
            case CREATE_NETWORK -> List.of(site.network());
            case DELETE_STEMCELL, DELETE_VM, DELETE_MACHINE, REBOOT_VM, DELETE_SNAPSHOT, DELETE_DISK, DELETE_NETWORK ->
                List.of(cid(method.wireName().replaceFirst("^\\w+?_", "")));
        };
    }

    /** What the server calls it: of a stemcell's CID the image, which several stemcells may have. */
    private String name(String what) {
        String cid = cid(what);
        return what.equals("stemcell") ? cid.substring(0, "sc-".length() + 64) : cid;
    }

    private String cid(String what) {
        return String.valueOf(cids.get(what));
    }
}
