package io.boshcpi.lxd.provider.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.client.LxdClient;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.client.transport.Transport;
import io.boshcpi.lxd.fake.GuestShell;
import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskRequest;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import io.boshcpi.spi.VmCid;
import io.boshcpi.spi.VmRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * VMs and disks on a real server, made through the provider as a Director would, and looked at from inside.
 *
 * <p>The agent in them is the stand-in of {@code .ci/bosh-agent}. What was made is removed by {@link #close}.
 */
public final class Lab implements AutoCloseable {
    private static final Duration BOOT_TIME = Patience.of(Duration.ofSeconds(60));
    private static final String AGENT_LOG = "journalctl -n 20 -u bosh-agent || tail -n 20 /var/vcap/bosh/log/current";

    public final CloudProvider provider;
    /** Long enough for all that tests do with one rig, and for its removal, on a busy machine. */
    public final Call call = new Call(
            "cpi-000001", Optional.of(UUID.randomUUID().toString()), Deadline.in(Patience.of(Duration.ofMinutes(30))));

    private final RealServer server;
    private final LxdClient client;
    private final String project;
    private final List<VmCid> vms = new ArrayList<>();
    private final List<DiskCid> disks = new ArrayList<>();

    public Lab(RealServer server) {
        this(server, Map.of());
    }

    /**
     * @param config settings of the provider, besides where the server is
     */
    public Lab(RealServer server, Map<String, ? extends @Nullable Object> config) {
        Map<String, @Nullable Object> all = new HashMap<>(config);
        all.put("socket", server.socket());
        all.put("network", server.get("NETWORK"));
        all.putIfAbsent("storage_pool", server.get("POOL"));
        this.server = server;
        this.provider = Harness.provider(all);
        this.client = LxdClient.of(Endpoint.unix(server.socket()));
        this.project = String.valueOf(all.getOrDefault("project", "default"));
    }

    /** Makes something that several tests share; if that fails, nothing is left. */
    public <T> T make(Function<Lab, T> rig) {
        try {
            return rig.apply(this);
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    /**
     * A VM whose agent has come up.
     *
     * @param stemcell {@code tiny-runit}, {@code systemd} or {@code workloads}
     */
    public VmCid vm(String stemcell, Map<String, ?> properties) {
        return vm(stemcell, properties, new DiskCid[0]);
    }

    /** The same that is to get these disks. */
    public VmCid vm(String stemcell, Map<String, ?> properties, DiskCid... coming) {
        VmCid vm = vm(stemcell(stemcell), properties, coming);
        vms.add(vm);
        awaitAgent(vm);
        return vm;
    }

    /** A VM with these networks, whose agent has come up. */
    public VmCid vm(String stemcell, List<NetworkSpec> networks) {
        return vm(stemcell, Map.of(), networks);
    }

    /** The same with cloud properties. */
    public VmCid vm(String stemcell, Map<String, ?> properties, List<NetworkSpec> networks) {
        VmCid vm = provider.vms()
                .create(call, Harness.vm(stemcell(stemcell), properties, networks))
                .cid();
        vms.add(vm);
        awaitAgent(vm);
        return vm;
    }

    /** A VM of that stemcell, whose agent may not be up yet. */
    VmCid vm(StemcellCid stemcell, Map<String, ?> properties, List<NetworkSpec> networks) {
        VmCid vm = provider.vms()
                .create(call, Harness.vm(stemcell, properties, networks))
                .cid();
        vms.add(vm);
        return vm;
    }

    /** Deletes the VMs before what they need. */
    public void deleteVms() {
        vms.forEach(vm -> provider.vms().delete(call, vm));
        vms.clear();
    }

    public void delete(VmCid vm) {
        provider.vms().delete(call, vm);
        vms.remove(vm);
    }

    /** The member of the cluster that has it. */
    public String memberOf(VmCid vm) {
        return lxd().instances().find(vm.value()).orElseThrow().location();
    }

    private StemcellCid stemcell(String kind) {
        return provider.stemcells()
                .create(
                        call,
                        new StemcellImage(
                                RealServer.stemcell(kind),
                                Harness.properties(Map.of("name", "it-" + kind, "version", "1")),
                                Map.of()));
    }

    /**
     * Takes another address if that one is taken: what other tests and runs that were cut off have left keep theirs.
     */
    private VmCid vm(StemcellCid stemcell, Map<String, ?> properties, DiskCid... coming) {
        for (int attempts = 5; ; attempts--) {
            String address = server.address(ThreadLocalRandom.current().nextInt(20, 200));
            NetworkSpec network = Harness.manual("default", address, server.get("GATEWAY"), Map.of());
            VmRequest request = Harness.vm(stemcell, properties, List.of(network));
            try {
                return provider.vms()
                        .create(
                                call,
                                new VmRequest(
                                        request.agent(),
                                        stemcell,
                                        request.properties(),
                                        request.networks(),
                                        List.of(coming)))
                        .cid();
            } catch (CpiException e) {
                if (attempts == 1 || !String.valueOf(e.getMessage()).contains("already defined on another NIC")) {
                    throw e;
                }
            }
        }
    }

    public DiskCid disk(int mib, Map<String, ?> properties) {
        return disk(mib, properties, Optional.empty());
    }

    /** A disk as that VM needs it. */
    public DiskCid disk(int mib, Map<String, ?> properties, VmCid vm) {
        return disk(mib, properties, Optional.of(vm));
    }

    private DiskCid disk(int mib, Map<String, ?> properties, Optional<VmCid> vm) {
        DiskCid disk = provider.disks().create(call, new DiskRequest(mib, Harness.properties(properties), vm));
        disks.add(disk);
        return disk;
    }

    /** Lets a disk be as large and as these properties say, in another pool perhaps. */
    public DiskCid update(DiskCid disk, int mib, Map<String, ?> properties) {
        DiskCid updated = provider.diskUpdates().orElseThrow().update(call, disk, mib, Harness.properties(properties));
        disks.add(updated);
        return updated;
    }

    /** Attaches a disk and tells the agent of it, as a Director does. Returns its path in the guest. */
    public String attach(VmCid vm, DiskCid disk) {
        String path = provider.disks().attach(call, vm, disk).path();
        agent(vm, "add_persistent_disk", disk.value(), path);
        return path;
    }

    /** Attaches a disk and lets the agent mount it. Returns its path in the guest. */
    public String mount(VmCid vm, DiskCid disk) {
        String path = attach(vm, disk);
        agent(vm, "mount_disk", disk.value());
        return path;
    }

    /** Asks the agent, which must succeed; returns its answer. */
    public String agent(VmCid vm, String... request) {
        GuestShell.Result result = exec(vm, agentCommand(request));
        assertThat(result.exitCode())
                .as(String.join(" ", request) + ": " + result.stdout() + result.stderr())
                .isZero();
        return result.stdout().trim();
    }

    public void awaitAgent(VmCid vm) {
        try {
            await("the agent of " + vm, () -> lxd().instances().run(vm.value(), agentCommand("ping")) == 0);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\n"
                            + exec(vm, List.of("/bin/sh", "-c", AGENT_LOG)).stdout(),
                    e);
        }
    }

    /** Runs a script in the guest, which must succeed; returns its output. */
    public String sh(VmCid vm, String script) {
        GuestShell.Result result = exec(vm, List.of("/bin/sh", "-c", script));
        assertThat(result.exitCode())
                .as(script + ": " + result.stdout() + result.stderr())
                .isZero();
        return result.stdout().trim();
    }

    /** Starts a script in the guest that goes on after the call. */
    public void start(VmCid vm, String script) {
        sh(vm, "setsid sh -c '" + script.replace("'", "'\\''") + "' < /dev/null > /dev/null 2>&1 &");
    }

    public GuestShell.Result exec(VmCid vm, List<String> command) {
        return GuestShell.exec(lxd(), vm.value(), command);
    }

    public void push(VmCid vm, String path, int mode, String content) {
        sh(
                vm,
                "cat > " + path + " <<'END OF FILE'\n" + content + "\nEND OF FILE\nchmod " + Integer.toOctalString(mode)
                        + " " + path);
    }

    /** The VM's first process, as the host numbers it; another one after each restart. */
    public long init(VmCid vm) {
        try (Transport transport = Endpoint.unix(server.socket()).open()) {
            Rest rest = new Rest(
                    transport,
                    project,
                    System.nanoTime() + Patience.of(Duration.ofMinutes(2)).toNanos());
            Url state = Url.of("/1.0/instances").child(vm.value()).plus("/state");
            return rest.get(state).object().get("pid") instanceof Number pid ? pid.longValue() : 0;
        }
    }

    public LxdSession lxd() {
        return client.session(project, Patience.of(Duration.ofMinutes(2)));
    }

    /** Waits until something is so; what the server refuses meanwhile is not so yet. */
    public static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + BOOT_TIME.toNanos();
        while (!holds(condition)) {
            assertThat(System.nanoTime()).as("waited in vain for " + what).isLessThan(end);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (LxdException | CpiException e) {
            return false;
        }
    }

    private static List<String> agentCommand(String... request) {
        List<String> command = new ArrayList<>(List.of("/var/vcap/bosh/bin/bosh-agent", "call"));
        command.addAll(List.of(request));
        return command;
    }

    @Override
    public void close() {
        deleteVms();
        disks.forEach(disk -> provider.disks().delete(call, disk));
        provider.close();
        client.close();
    }
}
