package io.boshcpi.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.boshcpi.docker.FakeEngine.Trouble;
import io.boshcpi.spi.AgentId;
import io.boshcpi.spi.AgentSettings;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskRequest;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.Maintenance;
import io.boshcpi.spi.NetworkCid;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.Networks;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.Secret;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import io.boshcpi.spi.VmCid;
import io.boshcpi.spi.VmRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each request of each method meets each trouble. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultsTest {
    private static final String DIRECTOR = "director";

    /** What a method is called with. */
    private static final class World {
        StemcellCid stemcell = new StemcellCid("none");
        VmCid vm = new VmCid("none");
        DiskCid disk = new DiskCid("none");
        NetworkCid network = new NetworkCid("none");
    }

    /** A method, and what has to be there before it. */
    private enum Method {
        CREATE_STEMCELL,
        CREATE_LIGHT_STEMCELL,
        DELETE_STEMCELL,
        CREATE_VM,
        DELETE_VM,
        REBOOT_VM,
        SET_VM_METADATA,
        CREATE_DISK,
        DELETE_DISK,
        SET_DISK_METADATA,
        ATTACH_DISK,
        DETACH_DISK,
        CREATE_NETWORK,
        DELETE_NETWORK;

        /** Whether a failure leaves all as it was. Of the others, the same call again does the rest. */
        boolean isUndone() {
            return name().startsWith("CREATE") || this == ATTACH_DISK || this == DETACH_DISK;
        }
    }

    @TempDir
    static Path folder;

    private FakeEngine engine;
    private CloudProvider provider;
    private Path image;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        engine = new FakeEngine(TestTls.in(folder));
        provider = engine.provider();
        image = Files.writeString(folder.resolve("image"), "a file system");
    }

    @AfterAll
    void stop() {
        provider.close();
        engine.close();
    }

    /** What the engine has before and after a call that nothing disturbs, and how often it is asked. */
    private record Undisturbed(Set<String> before, Set<String> after, int requests) {}

    private Undisturbed undisturbed(Method method) {
        World world = prepare(method);
        Set<String> before = contents();
        engine.calm();
        run(method, world);
        int requests = engine.requests().size();
        settle(world);
        return new Undisturbed(before, contents(), requests);
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatFailsOnceLeavesNothingAndSucceedsAgain(Method method) {
        Undisturbed undisturbed = undisturbed(method);
        List<String> findings = new ArrayList<>();
        int failures = 0;
        for (Trouble trouble : Trouble.values()) {
            for (int number = 0; number < undisturbed.requests(); number++) {
                World again = prepare(method);
                engine.trouble(trouble, number, number);
                CpiException failure = failureOf(method, again);
                List<String> requests = engine.requests();
                engine.calm();
                String cell = method + ", " + trouble + " at " + requests.get(number) + ": ";
                if (failure != null) {
                    failures++;
                    judge(failure, trouble, cell, findings);
                    settle(again);
                    if (method.isUndone() && !contents().equals(undisturbed.before())) {
                        findings.add(cell + "left " + contents());
                    }
                    run(method, again);
                }
                settle(again);
                if (!contents().equals(undisturbed.after())) {
                    findings.add(cell + "made " + contents());
                }
            }
        }
        assertThat(findings).as(undisturbed.toString()).isEmpty();
        assertThat(failures).isGreaterThan(undisturbed.requests());
    }

    /** Its clean-up fails as well. */
    @ParameterizedTest
    @EnumSource
    void whatACallThatFailsToTheEndHasLeftIsFound(Method method) {
        Undisturbed undisturbed = undisturbed(method);
        List<String> findings = new ArrayList<>();
        for (Trouble trouble : List.of(Trouble.ERROR, Trouble.RESET)) {
            for (int number = 0; number < undisturbed.requests(); number++) {
                World again = prepare(method);
                engine.trouble(trouble, number, Integer.MAX_VALUE);
                failureOf(method, again);
                String cell =
                        method + ", " + trouble + " from " + engine.requests().get(number) + " on: ";
                engine.calm();
                if (method == Method.CREATE_VM || method == Method.CREATE_DISK) {
                    Maintenance maintenance = provider.maintenance().orElseThrow();
                    List<Maintenance.Leftover> leftovers = new ArrayList<>(maintenance.leftovers(call()));
                    leftovers.removeIf(each ->
                            each.name().equals(again.vm.value()) || each.name().equals(again.disk.value()));
                    maintenance.remove(call(), leftovers);
                    if (!contents().equals(undisturbed.before())) {
                        findings.add(cell + "left, after gc, " + contents());
                    }
                } else if (!method.name().startsWith("CREATE")) {
                    run(method, again);
                    settle(again);
                    if (!contents().equals(undisturbed.after())) {
                        findings.add(cell + "made " + contents());
                    }
                    provider.vms().delete(call(), again.vm);
                    if (contents().toString().contains("vm-")) {
                        findings.add(cell + "left " + contents());
                    }
                }
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void aPullThatFailsIsToldWithTheImageAndTheEnginesWords() {
        engine.reset();
        engine.trouble(Trouble.ERROR, 2, 2);
        CpiException failure = catchThrowableOfType(CpiException.class, () -> createLight());
        assertThat(failure)
                .hasMessageContaining("registry.example.com/stemcells/noble:1")
                .hasMessageContaining("out of sorts");
        assertThat(failure.okToRetry()).isFalse();
    }

    @Test
    void anEngineThatIsDownIsWaitedForAndThenNamed() {
        try (CloudProvider down = ofAnEngineThatIsGone()) {
            long start = System.nanoTime();
            CpiException failure =
                    catchThrowableOfType(CpiException.class, () -> down.vms().exists(call(), new VmCid("vm-1")));
            assertThat(failure)
                    .hasMessageContaining("The engine at https://127.0.0.1:")
                    .hasMessageContaining("docker.url");
            assertThat(failure.okToRetry()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(4));
        }
    }

    private static CloudProvider ofAnEngineThatIsGone() {
        try (FakeEngine other = new FakeEngine(TestTls.existing(folder))) {
            return other.provider();
        }
    }

    /**
     * What the engine has, without images that it pulled, which stay. A set, since an image of a VM's root file system may be
     * there twice until its disks change or it goes.
     */
    private Set<String> contents() {
        Set<String> contents = new TreeSet<>(engine.contents());
        contents.removeIf(each -> each.startsWith("image registry.example.com/"));
        return contents;
    }

    private static void judge(CpiException failure, Trouble trouble, String cell, List<String> findings) {
        String text = String.valueOf(failure.getMessage());
        ErrorType type = failure.type();
        boolean isRight = switch (trouble) {
            case ERROR -> text.contains("the engine is out of sorts") && !failure.okToRetry();
            case FULL ->
                text.contains("no space left on device") && type == ErrorType.NO_DISK_SPACE && !failure.okToRetry();
            case CONFLICT -> !failure.okToRetry();
            case RESET, LOST, CUT -> text.contains("docker.url") && failure.okToRetry();
        };
        if (!isRight) {
            findings.add(cell + "told as " + type + ", ok_to_retry " + failure.okToRetry() + ": " + text);
        }
    }

    /** What the next call for the VM does in any case: it goes on from where a call was cut off. */
    private void settle(World world) {
        if (provider.vms().exists(call(), world.vm)) {
            provider.vms().disks(call(), world.vm);
        }
    }

    private @org.jspecify.annotations.Nullable CpiException failureOf(Method method, World world) {
        try {
            run(method, world);
            return null;
        } catch (CpiException e) {
            return e;
        }
    }

    private World prepare(Method method) {
        engine.reset();
        World world = new World();
        if (method.name().endsWith("NETWORK")) {
            if (method == Method.DELETE_NETWORK) {
                world.network = createNetwork();
            }
            return world;
        }
        if (method != Method.CREATE_STEMCELL && method != Method.CREATE_LIGHT_STEMCELL) {
            world.stemcell = createStemcell();
        }
        if (method.name().endsWith("DISK") || method == Method.SET_DISK_METADATA) {
            world.disk = method == Method.CREATE_DISK ? world.disk : createDisk();
        }
        boolean hasVm = List.of(
                        Method.DELETE_VM,
                        Method.REBOOT_VM,
                        Method.SET_VM_METADATA,
                        Method.ATTACH_DISK,
                        Method.DETACH_DISK)
                .contains(method);
        if (hasVm) {
            world.vm = createVm(world);
            provider.vms().setMetadata(call(), world.vm, Map.of("name", "before"));
        }
        if (method == Method.DETACH_DISK) {
            provider.disks().attach(call(), world.vm, world.disk);
        }
        return world;
    }

    private void run(Method method, World world) {
        switch (method) {
            case CREATE_STEMCELL -> createStemcell();
            case CREATE_LIGHT_STEMCELL -> createLight();
            case DELETE_STEMCELL -> provider.stemcells().delete(call(), world.stemcell);
            case CREATE_VM -> createVm(world);
            case DELETE_VM -> provider.vms().delete(call(), world.vm);
            case REBOOT_VM -> provider.vms().reboot(call(), world.vm);
            case SET_VM_METADATA -> provider.vms().setMetadata(call(), world.vm, Map.of("name", "after"));
            case CREATE_DISK -> createDisk();
            case DELETE_DISK -> provider.disks().delete(call(), world.disk);
            case SET_DISK_METADATA -> provider.disks().setMetadata(call(), world.disk, Map.of("name", "after"));
            case ATTACH_DISK -> provider.disks().attach(call(), world.vm, world.disk);
            case DETACH_DISK -> provider.disks().detach(call(), world.vm, world.disk);
            case CREATE_NETWORK -> createNetwork();
            case DELETE_NETWORK -> provider.networks().orElseThrow().delete(call(), world.network);
        }
    }

    private static Call call() {
        return new Call("test", Optional.of(DIRECTOR), Deadline.in(Duration.ofMinutes(1)));
    }

    private StemcellCid createStemcell() {
        return provider.stemcells()
                .create(call(), new StemcellImage(image, PropertyTree.empty("cloud_properties"), Map.of()));
    }

    private StemcellCid createLight() {
        PropertyTree properties = PropertyTree.of(
                "cloud_properties", Map.of("image_reference", "registry.example.com/stemcells/noble:1"));
        return provider.stemcells().create(call(), new StemcellImage(image, properties, Map.of()));
    }

    private DiskCid createDisk() {
        return provider.disks()
                .create(call(), new DiskRequest(64, PropertyTree.empty("cloud_properties"), Optional.empty()));
    }

    private VmCid createVm(World world) {
        AgentSettings agent = new AgentSettings(
                new AgentId("agent"), Optional.of(new Secret("nats://x")), Map.of(), List.of(), Map.of());
        List<NetworkSpec> networks = List.of(network("one", "10.0.1.5"), network("two", "10.0.2.5"));
        return provider.vms()
                .create(
                        call(),
                        new VmRequest(
                                agent, world.stemcell, PropertyTree.empty("cloud_properties"), networks, List.of()))
                .cid();
    }

    private static NetworkSpec network(String name, String ip) {
        Map<String, Object> settings = Map.of(
                "type", "manual", "ip", ip, "netmask", "255.255.255.0", "cloud_properties", Map.of("name", name));
        return NetworkSpec.of(name, PropertyTree.of("networks." + name, settings));
    }

    private NetworkCid createNetwork() {
        return provider.networks()
                .orElseThrow()
                .create(
                        call(),
                        new Networks.Request(
                                Optional.of("10.0.3.0/24"),
                                Optional.of("10.0.3.1"),
                                Optional.empty(),
                                PropertyTree.empty("cloud_properties")))
                .cid();
    }
}
