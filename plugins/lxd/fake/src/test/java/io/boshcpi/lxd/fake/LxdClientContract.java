package io.boshcpi.lxd.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.boshcpi.lxd.client.LxdClient;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Bytes;
import io.boshcpi.lxd.client.model.FileAttributes;
import io.boshcpi.lxd.client.model.GuestFile;
import io.boshcpi.lxd.client.model.Image;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.model.InstanceRef;
import io.boshcpi.lxd.client.model.Network;
import io.boshcpi.lxd.client.model.NetworkLease;
import io.boshcpi.lxd.client.model.Project;
import io.boshcpi.lxd.client.model.Server;
import io.boshcpi.lxd.client.model.StoragePool;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.model.VolumeSnapshot;
import io.boshcpi.lxd.client.session.ImageUpload;
import io.boshcpi.lxd.client.session.Instances;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.NewVolume;
import io.boshcpi.lxd.client.session.UploadProgress;
import io.boshcpi.lxd.client.session.UploadedImage;
import io.boshcpi.lxd.client.session.VolumeSource;
import io.boshcpi.lxd.client.session.Volumes;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.client.transport.HttpBody;
import io.boshcpi.lxd.client.transport.HttpCall;
import io.boshcpi.lxd.client.transport.HttpReply;
import io.boshcpi.lxd.client.transport.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What the client promises, on any server: FakeLxd, LXD and Incus, each over its socket and over HTTPS. Each fact about the
 * servers that the client builds on is a test here, so that a server which behaves otherwise is noticed.
 *
 * <p>All that is made here has a name of its own, beginning with {@code it-}, and is deleted at the end of its test.
 */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class LxdClientContract {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ABSENT_IMAGE = "f".repeat(64);

    private final List<String> instances = new ArrayList<>();
    private final List<String> volumes = new ArrayList<>();
    private LxdClient client;
    private LxdSession lxd;
    private String image;
    private Path images;

    /** Where the server is. */
    protected abstract Endpoint endpoint();

    /** {@code "lxd"} or {@code "incus"}. */
    protected abstract String software();

    /** Whether it answers a wait that has taken too long with an error, as Incus 6 does. */
    protected boolean tellsALateWaitAsAFailure() {
        return software().equals("incus");
    }

    /** A pool whose driver can clone and set quotas. */
    protected abstract String pool();

    /** A pool of the driver {@code dir}. */
    protected abstract String dirPool();

    /** A managed bridge. */
    protected abstract String network();

    /** The host part of this suite's addresses in the subnet of the network, and the 9 after it. */
    protected abstract String address(int host);

    /** A root file system that runs {@code /usr/sbin/runsvdir-start} and has a shell. */
    protected abstract Path rootfs();

    /**
     * Prepares an imitated guest to do what a real one does: {@code sh -c} with {@link #SCRIPT} writes {@code out} and
     * {@code err} and exits with 3, and there is no {@code no-such-command}.
     */
    protected void prepareGuest(String instance) {}

    /** Makes a guest deaf for shutdown, unless the one of {@link #deafContainer} is so by itself. */
    protected void makeDeaf(String instance) {}

    /** What the command in {@link #prepareGuest} is. */
    protected static final String SCRIPT = "echo out; echo err >&2; exit 3";

    @BeforeAll
    void connect() throws IOException {
        client = LxdClient.of(endpoint());
        lxd = client.session("default", TIMEOUT);
        images = Files.createTempDirectory("lxd-client-contract");
        image = lxd.images().upload(upload(Map.of("os", "it"), rootfs())).fingerprint();
    }

    @AfterEach
    void clean() {
        LxdSession cleaning = client.session("default", TIMEOUT);
        for (String instance : instances) {
            remove(cleaning.instances(), instance);
        }
        instances.clear();
        for (String volume : volumes) {
            cleaning.volumes(pool()).delete(volume);
            cleaning.volumes(dirPool()).delete(volume);
        }
        volumes.clear();
        lxd = client.session("default", TIMEOUT);
    }

    /** What a test left under way may start it once more behind this method's back. */
    private static void remove(Instances all, String name) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (all.find(name).isPresent()) {
            try {
                all.stop(name, true, PATIENCE);
                all.delete(name);
            } catch (LxdException e) {
                if (!e.is(Kind.IN_USE) || System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    @AfterAll
    void disconnect() throws IOException {
        lxd.images().delete(image);
        client.close();
        try (var files = Files.list(images)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(images);
    }

    // --- the server ---------------------------------------------------------------------------------------------

    @Test
    void theServerTellsWhatItIsAndWhatItCanDo() {
        Server server = lxd.server().refresh();

        assertThat(server.software()).isEqualTo(software());
        assertThat(server.isIncus()).isEqualTo(software().equals("incus"));
        assertThat(server.trusted()).isTrue();
        assertThat(server.clustered()).isFalse();
        assertThat(server.version()).matches("\\d+\\.\\d+.*");
        assertThat(lxd.server().hasExtension("storage")).isTrue();
        assertThat(lxd.server().hasExtension("no-such-extension")).isFalse();
    }

    @Test
    void aServerAloneHasNoMembers() {
        failsWith(Kind.SERVER_ERROR, () -> lxd.clusterMembers().get("n1"));
    }

    @Test
    void theServerIsAskedOnceWhatItIs() {
        LossyTransport transport = new LossyTransport(endpoint().open());
        try (LxdClient counted = LxdClient.over(transport)) {
            counted.session("default", TIMEOUT).server().hasExtension("storage");
            counted.session("default", TIMEOUT).server().hasExtension("storage");

            assertThat(transport.sent()).hasSize(1);
        }
    }

    @Test
    void findingAnInstanceIsOneRequest() {
        LossyTransport transport = new LossyTransport(endpoint().open());
        try (LxdClient counted = LxdClient.over(transport)) {
            assertThat(counted.session("default", TIMEOUT).instances().find("it-nobody"))
                    .isEmpty();

            assertThat(transport.sent()).containsExactly("GET /1.0/instances/it-nobody?project=default");
        }
    }

    @Test
    void theServersOfThisTestHaveAPoolAndANetwork() {
        StoragePool pool = lxd.pools().find(pool()).orElseThrow();
        assertThat(pool.status()).isEqualTo("Created");
        assertThat(lxd.pools().find(dirPool()).orElseThrow().driver()).isEqualTo("dir");
        assertThat(lxd.pools().names()).contains(pool(), dirPool());
        assertThat(lxd.pools().find("it-nopool")).isEmpty();
        assertThat(lxd.pools().resources(pool(), null).totalBytes()).isPositive();

        Network network = lxd.networks().find(network()).orElseThrow();
        assertThat(network.managed()).isTrue();
        assertThat(network.type()).isEqualTo("bridge");
        assertThat(network.config()).containsKey("ipv4.address");
        assertThat(lxd.networks().list()).extracting(Network::name).contains(network());
        assertThat(lxd.networks().find("it-nonet")).isEmpty();
    }

    // --- names --------------------------------------------------------------------------------------------------

    @Test
    void aNameCannotBecomeAnotherRequest() {
        for (String name : List.of("", ".", "..", "a/b", "a?b", "a#b", "a%2fb", "a\nb", "a b")) {
            failsWith(Kind.INVALID, () -> lxd.instances().find(name));
            failsWith(Kind.INVALID, () -> lxd.instances().delete(name));
            failsWith(Kind.INVALID, () -> lxd.volumes(pool()).find(name));
            failsWith(Kind.INVALID, () -> lxd.images().find(name));
            failsWith(Kind.INVALID, () -> lxd.volumes(name));
            failsWith(Kind.INVALID, () -> client.session(name, TIMEOUT));
        }
    }

    @Test
    void aNameThatTheServerRefusesIsInvalid() {
        failsWith(Kind.INVALID, () -> lxd.instances().create(container("it_underscore"), null));
        failsWith(Kind.INVALID, () -> lxd.instances().create(container("it-ends-in-"), null));
    }

    // --- what is missing ----------------------------------------------------------------------------------------

    @Test
    void deletingTheAbsentIsNoFailure() {
        assertThat(lxd.instances().delete("it-nobody")).isFalse();
        assertThat(lxd.images().delete(ABSENT_IMAGE)).isFalse();
        assertThat(lxd.volumes(pool()).delete("it-nobody")).isFalse();
        assertThat(lxd.volumes(pool()).snapshots("it-nobody").delete("s")).isFalse();
        assertThat(lxd.networks().delete("it-nobody")).isFalse();
    }

    @Test
    void findingTheAbsentIsEmpty() {
        assertThat(lxd.instances().find("it-nobody")).isEmpty();
        assertThat(lxd.images().find(ABSENT_IMAGE)).isEmpty();
        assertThat(lxd.volumes(pool()).find("it-nobody")).isEmpty();
        assertThat(lxd.projects().find("it-nobody")).isEmpty();
    }

    @Test
    void aMissingPoolIsNotAMissingVolume() {
        missing(Subject.POOL, () -> lxd.volumes("it-nopool").find("v"));
        missing(Subject.POOL, () -> lxd.volumes("it-nopool").delete("v"));
        missing(Subject.POOL, () -> lxd.volumes("it-nopool").list());
        missing(Subject.POOL, () -> lxd.volumes("it-nopool").create(NewVolume.filesystem("v", Map.of())));
    }

    @Test
    void aMissingProjectIsNotAMissingVolume() {
        LxdSession nowhere = client.session("it-noproject", TIMEOUT);
        missing(Subject.PROJECT, () -> nowhere.volumes(pool()).find("v"));
        missing(Subject.PROJECT, () -> nowhere.volumes(pool()).delete("v"));
        missing(Subject.PROJECT, () -> nowhere.volumes(pool()).list());
        missing(Subject.PROJECT, () -> nowhere.networks().find("n"));
        missing(Subject.PROJECT, () -> nowhere.images().list());
        missing(Subject.PROJECT, () -> nowhere.images().delete(ABSENT_IMAGE));
        missing(Subject.PROJECT, () -> nowhere.instances().create(container("it-nobody"), null));
        missing(Subject.PROJECT, () -> nowhere.images().upload(upload(Map.of(), rootfs())));
    }

    @Test
    void theInstancesOfAMissingProjectAreNone() {
        assertThat(client.session("it-noproject", TIMEOUT).instances().list()).isEmpty();
    }

    @Test
    void everyCallOnAMissingInstanceSaysSo() {
        Instances all = lxd.instances();
        missing(Subject.INSTANCE, () -> all.start("it-nobody"));
        missing(Subject.INSTANCE, () -> all.stop("it-nobody", true, PATIENCE));
        missing(Subject.INSTANCE, () -> all.restart("it-nobody", true, PATIENCE));
        missing(Subject.INSTANCE, () -> all.patch("it-nobody", Map.of("user.a", "b"), Map.of()));
        missing(Subject.INSTANCE, () -> all.files("it-nobody").read("/x"));
        missing(Subject.INSTANCE, () -> all.files("it-nobody").push("/x", FileAttributes.ofRoot(0600), new byte[1]));
        missing(Subject.INSTANCE, () -> all.run("it-nobody", List.of("true")));
    }

    // --- images -------------------------------------------------------------------------------------------------

    @Test
    void theFingerprintOfASplitImageIsTheDigestOfItsTwoParts() throws IOException, GeneralSecurityException {
        Path rootfs = smallRootfs();
        ImageUpload upload = upload(Map.of("os", "x"), rootfs);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(upload.metadata().toArray());
        digest.update(Files.readAllBytes(rootfs));

        UploadedImage uploaded = lxd.images().upload(upload);

        assertThat(uploaded.fingerprint()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
        assertThat(uploaded.wasThere()).isFalse();
        assertThat(lxd.images().delete(uploaded.fingerprint())).isTrue();
        assertThat(lxd.images().delete(uploaded.fingerprint())).isFalse();
    }

    @Test
    void anImageKeepsItsPropertiesWhateverCharactersTheyHave() {
        Map<String, String> properties = Map.of("os", "a b&c=d%+ä", "a.b-c", "1/2?3#", "empty-not", "\"'\\");

        withImage(upload(properties, smallRootfs()), found -> {
            assertThat(found.properties()).containsAllEntriesOf(properties).containsEntry("description", "contract");
            assertThat(found.type()).isEqualTo("container");
            assertThat(found.bytes()).isPositive();
        });
    }

    @Test
    void uploadingTheSameAgainFindsItAndLeavesItAsItWas() {
        ImageUpload first = upload(Map.of("os", "first"), smallRootfs());
        ImageUpload second = new ImageUpload(
                first.kind(), first.metadata(), first.rootfs(), Map.of("os", "second"), UploadProgress.NONE);

        withImage(first, found -> {
            UploadedImage again = lxd.images().upload(second);

            assertThat(again).isEqualTo(new UploadedImage(found.fingerprint(), true));
            assertThat(lxd.images().find(found.fingerprint()).orElseThrow().properties())
                    .containsEntry("os", "first");
        });
    }

    @Test
    void anUploadTellsHowFarItIs() throws IOException {
        Path rootfs = smallRootfs();
        AtomicLong last = new AtomicLong();
        ImageUpload silent = upload(Map.of(), rootfs);
        ImageUpload upload = new ImageUpload(
                silent.kind(), silent.metadata(), silent.rootfs(), Map.of(), (sent, total) -> last.set(sent));

        withImage(upload, found -> {});

        assertThat(last.get()).isEqualTo(Files.size(rootfs));
    }

    @Test
    void anUploadThatBreaksOffLeavesNothing() throws IOException {
        Path large = images.resolve("large");
        byte[] mebibyte = new byte[1 << 20];
        try (var out = Files.newOutputStream(large)) {
            for (int i = 0; i < 8; i++) {
                out.write(mebibyte);
            }
        }
        ImageUpload whole = upload(Map.of("it", "broken"), large);
        ImageUpload broken =
                new ImageUpload(whole.kind(), whole.metadata(), whole.rootfs(), Map.of(), (sent, total) -> {
                    throw new IllegalStateException("enough at " + sent);
                });

        assertThatThrownBy(() -> lxd.images().upload(broken)).hasMessageContaining("enough at");

        assertThat(lxd.images().list()).noneMatch(image -> image.properties().containsKey("it"));
    }

    @Test
    void anImageWithoutMetadataIsRefused() {
        byte[] empty = new TestTar().file("something-else", 0644, "x").gzipped();
        ImageUpload upload = new ImageUpload(ImageUpload.Kind.CONTAINER, Bytes.of(empty), smallRootfs(), Map.of());

        LxdException e = failure(() -> lxd.images().upload(upload));

        assertThat(e).hasMessageContaining("metadata.yaml");
    }

    @Test
    void thePartThatHoldsAVirtualMachinesDiskMakesItOne() {
        Path disk = smallRootfs();
        ImageUpload upload = new ImageUpload(
                ImageUpload.Kind.VIRTUAL_MACHINE, upload(Map.of(), disk).metadata(), disk, Map.of());

        withImage(upload, found -> assertThat(found.type()).isEqualTo("virtual-machine"));
    }

    @Test
    void imagePropertiesAreMergedAndRemoved() {
        withImage(upload(Map.of("a", "1", "b", "2"), smallRootfs()), found -> {
            String fingerprint = found.fingerprint();
            lxd.images().patchProperties(fingerprint, Map.of("b", "", "c", "3"));
            Image patched = lxd.images().find(fingerprint).orElseThrow();
            assertThat(patched.properties())
                    .containsEntry("a", "1")
                    .containsEntry("c", "3")
                    .doesNotContainKey("b");
        });
    }

    @Test
    void imagesAreFoundByTheBeginningOfTheirFingerprint() {
        withImage(upload(Map.of(), smallRootfs()), found -> {
            assertThat(lxd.images().find(found.fingerprint().substring(0, 16))).isPresent();
            assertThat(lxd.images().list()).extracting(Image::fingerprint).contains(found.fingerprint());
        });
    }

    @Test
    void anImageCanBeDeletedWhileAnInstanceUsesIt() {
        UploadedImage own = lxd.images().upload(upload(Map.of("own", "1"), rootfs()));
        String name = newInstance();
        Map<String, Object> body = container(name);
        body.put("source", Map.of("type", "image", "fingerprint", own.fingerprint()));
        lxd.instances().create(body, null);

        assertThat(lxd.images().delete(own.fingerprint())).isTrue();

        lxd.instances().start(name);
        assertThat(lxd.instances().find(name).orElseThrow().isRunning()).isTrue();
    }

    // --- instances: creating, reading ---------------------------------------------------------------------------

    @Test
    void aCreatedInstanceIsStoppedAndHasWhatWasAskedFor() {
        String name = newInstance();
        String text = "ä ö\n\"quoted\" \\ {} " + "x".repeat(60_000);
        Map<String, Object> body = container(name);
        body.put("config", config(Map.of("user.it.text", text)));

        lxd.instances().create(body, null);

        Instance created = lxd.instances().find(name).orElseThrow();
        assertThat(created.isStopped()).isTrue();
        assertThat(created.type()).isEqualTo("container");
        assertThat(created.profiles()).isEmpty();
        assertThat(created.config()).containsEntry("user.it.text", text).containsEntry("image.os", "it");
        assertThat(created.devices()).containsOnlyKeys("root");
        assertThat(created.version()).isNotEmpty();
    }

    @Test
    void aFinishedContainerNotesThatItsTemplatesAreStillToBeApplied() {
        // By this the client tells an instance that is complete from one that a crash left half made.
        String name = created();

        assertThat(lxd.instances().find(name).orElseThrow().config())
                .containsEntry("volatile.apply_template", "create");
    }

    @Test
    void instancesAreListed() {
        String name = created();

        assertThat(lxd.instances().list()).extracting(Instance::name).contains(name);
    }

    @Test
    void aNameThatIsTakenAlreadyExists() {
        String name = created();

        failsWith(Kind.ALREADY_EXISTS, () -> lxd.instances().create(container(name), null));

        assertThat(lxd.instances().find(name)).isPresent();
    }

    @Test
    void whatAnInstanceRefersToMustBeThere() {
        Map<String, Object> noImage = container("it-nobody");
        noImage.put("source", Map.of("type", "image", "fingerprint", ABSENT_IMAGE));
        missing(Subject.IMAGE, () -> lxd.instances().create(noImage, null));

        Map<String, Object> noPool = container("it-nobody");
        noPool.put("devices", Map.of("root", Map.of("type", "disk", "path", "/", "pool", "it-nopool")));
        missing(Subject.POOL, () -> lxd.instances().create(noPool, null));

        Map<String, Object> noNetwork = container("it-nobody");
        noNetwork.put("devices", devices(Map.of("eth0", Map.of("type", "nic", "network", "it-nonet"))));
        missing(Subject.NETWORK, () -> lxd.instances().create(noNetwork, null));

        Map<String, Object> noProfile = container("it-nobody");
        noProfile.put("profiles", List.of("it-noprofile"));
        missing(Subject.PROFILE, () -> lxd.instances().create(noProfile, null));

        assertThat(lxd.instances().find("it-nobody")).isEmpty();
    }

    @Test
    void whatAServerCannotMakeSenseOfIsInvalid() {
        Map<String, Object> badKey = container("it-nobody");
        badKey.put("config", config(Map.of("foo.bar", "x")));
        failsWith(Kind.INVALID, () -> lxd.instances().create(badKey, null));

        Map<String, Object> badDevice = container("it-nobody");
        badDevice.put("devices", devices(Map.of("d", Map.of("type", "nic", "network", network(), "foo", "x"))));
        failsWith(Kind.INVALID, () -> lxd.instances().create(badDevice, null));

        Map<String, Object> noRoot = container("it-nobody");
        noRoot.put("devices", Map.of());
        failsWith(Kind.INVALID, () -> lxd.instances().create(noRoot, null));

        assertThat(lxd.instances().find("it-nobody")).isEmpty();
    }

    @Test
    void aFailureNamesTheRequestAndTheServersReasonAndNothingElse() {
        Map<String, Object> body = container("it-nobody");
        body.put("config", config(Map.of("foo.bar", "x", "user.password", "hunter2")));

        LxdException e = failure(() -> lxd.instances().create(body, null));

        assertThat(e).hasMessageContaining("foo.bar").hasMessageContaining("/1.0/operations/");
        assertThat(e.getMessage()).doesNotContain("hunter2").doesNotContain("project=");
        assertThat(e.status()).isPositive();
    }

    @Test
    void eightInstancesAreCreatedAtOnce() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            names.add(newInstance());
        }

        inParallel(names.size(), i -> lxd.instances().create(container(names.get(i)), null));

        assertThat(lxd.instances().list()).extracting(Instance::name).containsAll(names);
    }

    // --- instances: starting, stopping --------------------------------------------------------------------------

    @Test
    void anInstanceIsStartedRestartedStoppedAndDeleted() {
        String name = created();
        lxd.instances().start(name);
        assertThat(lxd.instances().find(name).orElseThrow().isRunning()).isTrue();

        lxd.instances().restart(name, true, PATIENCE);
        assertThat(lxd.instances().find(name).orElseThrow().isRunning()).isTrue();

        shutDown(name);
        assertThat(lxd.instances().find(name).orElseThrow().isStopped()).isTrue();

        assertThat(lxd.instances().delete(name)).isTrue();
        assertThat(lxd.instances().delete(name)).isFalse();
    }

    /** Asks again, since a guest whose init has no handler yet loses the signal without a trace. */
    private void shutDown(String name) {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); ; ) {
            try {
                lxd.instances().stop(name, false, Duration.ofSeconds(3));
                return;
            } catch (LxdException e) {
                if (e.kind() != Kind.GUEST_TIMEOUT || System.nanoTime() - end > 0) {
                    throw e;
                }
            }
        }
    }

    @Test
    void startingWhatRunsAndStoppingWhatIsStoppedDoNothing() throws IOException {
        String name = created();
        lxd.instances().stop(name, true, PATIENCE);
        lxd.instances().stop(name, false, PATIENCE);
        lxd.instances().start(name);
        long pid = pid(name);

        lxd.instances().start(name);

        assertThat(pid(name)).isEqualTo(pid);
    }

    @Test
    void restartingWhatIsStoppedStartsIt() {
        String name = created();

        lxd.instances().restart(name, false, PATIENCE);

        assertThat(lxd.instances().find(name).orElseThrow().isRunning()).isTrue();
    }

    @Test
    void aGuestThatIgnoresAShutdownIsToldApartAndCanBeForced() {
        String name = started(deafContainer());
        makeDeaf(name);

        failsWith(Kind.GUEST_TIMEOUT, () -> lxd.instances().stop(name, false, Duration.ofSeconds(2)));
        assertThat(lxd.instances().find(name).orElseThrow().isRunning()).isTrue();

        lxd.instances().stop(name, true, PATIENCE);
        assertThat(lxd.instances().find(name).orElseThrow().isStopped()).isTrue();
    }

    @Test
    void aRunningInstanceIsNotDeleted() {
        String name = started();

        failsWith(Kind.IN_USE, () -> lxd.instances().delete(name));

        assertThat(lxd.instances().find(name).orElseThrow().isRunning()).isTrue();
    }

    @Test
    void anAddressThatIsTakenIsToldAtTheStart() {
        Map<String, Map<String, String>> nic =
                Map.of("eth0", Map.of("type", "nic", "name", "eth0", "network", network(), "ipv4.address", address(0)));
        String first = newInstance();
        String second = newInstance();
        Map<String, Object> body = container(first);
        body.put("devices", devices(nic));
        lxd.instances().create(body, null);
        lxd.instances().start(first);
        body.put("name", second);
        lxd.instances().create(body, null);

        failsWith(Kind.ALREADY_EXISTS, () -> lxd.instances().start(second));

        assertThat(lxd.networks().leases(network()))
                .extracting(NetworkLease::address)
                .contains(address(0));
    }

    // --- instances: changing ------------------------------------------------------------------------------------

    @Test
    void configurationIsMergedAndAKeyWithoutAValueIsRemoved() {
        String name = created();
        lxd.instances().patch(name, Map.of("user.a", "1", "user.b", "2"), Map.of());

        lxd.instances().patch(name, Map.of("user.a", "", "user.c", "3"), Map.of());

        assertThat(lxd.instances().find(name).orElseThrow().config())
                .containsEntry("user.b", "2")
                .containsEntry("user.c", "3")
                .doesNotContainKey("user.a");
    }

    @Test
    void aVolumeIsAttachedToARunningInstanceAndDetached() {
        String name = started();
        String volume = newVolume();
        lxd.volumes(pool()).create(NewVolume.filesystem(volume, Map.of("size", "16MiB")));

        lxd.instances().patch(name, Map.of(), disk(volume));

        assertThat(lxd.volumes(pool()).find(volume).orElseThrow().attachedTo())
                .containsExactly(new InstanceRef("default", name));
        failsWith(Kind.IN_USE, () -> lxd.volumes(pool()).delete(volume));

        Map<String, String> before = lxd.instances().find(name).orElseThrow().config();
        assertThat(remove(lxd, name, "disk-" + volume)).isTrue();
        assertThat(remove(lxd, name, "disk-" + volume)).isFalse();

        Instance after = lxd.instances().find(name).orElseThrow();
        assertThat(after.devices()).containsOnlyKeys("root");
        assertThat(after.config()).isEqualTo(before);
        assertThat(lxd.volumes(pool()).find(volume).orElseThrow().attachedTo()).isEmpty();
        assertThat(lxd.volumes(pool()).delete(volume)).isTrue();
    }

    @Test
    void attachingAMissingVolumeIsNotAMissingInstance() {
        String name = created();

        missing(Subject.VOLUME, () -> lxd.instances().patch(name, Map.of(), disk("it-novolume")));
    }

    @Test
    void twentyChangesOfOneInstanceAtOnceAllHappen() throws Exception {
        String name = started();

        inParallel(20, i -> lxd.instances().patch(name, Map.of("user.it." + i, "x"), Map.of()));

        assertThat(lxd.instances().find(name).orElseThrow().config())
                .containsKeys("user.it.0", "user.it.7", "user.it.13", "user.it.19");
    }

    @Test
    void changesByOtherProcessesAreWaitedFor() throws Exception {
        String name = started();

        // A client each is what processes of their own are: they share no lock, so the server refuses some as busy.
        inParallel(6, i -> {
            try (LxdClient other = LxdClient.of(endpoint())) {
                other.session("default", TIMEOUT).instances().patch(name, Map.of("user.it." + i, "x"), Map.of());
            }
        });

        assertThat(lxd.instances().find(name).orElseThrow().config())
                .containsKeys("user.it.0", "user.it.1", "user.it.2", "user.it.3", "user.it.4", "user.it.5");
    }

    @Test
    void devicesRemovedAtOnceByOtherProcessesAreAllGone() throws Exception {
        String name = created();
        Map<String, Map<String, String>> many = new LinkedHashMap<>();
        for (int i = 0; i < 4; i++) {
            many.put("none" + i, Map.of("type", "none"));
        }
        lxd.instances().patch(name, Map.of(), many);

        inParallel(4, i -> {
            try (LxdClient other = LxdClient.of(endpoint())) {
                assertThat(remove(other.session("default", TIMEOUT), name, "none" + i))
                        .isTrue();
            }
        });

        assertThat(lxd.instances().find(name).orElseThrow().devices()).containsOnlyKeys("root");
    }

    // --- files and commands in guests ---------------------------------------------------------------------------

    @Test
    void aFileIsPushedAndReadBackWithItsOwnerAndMode() {
        String name = created();
        byte[] content = "{\"a=b&c\": \"ä\"}\n".getBytes(StandardCharsets.UTF_8);

        lxd.instances().files(name).push("/etc/it file&=ä", new FileAttributes(1000, 1001, 0600), content);

        GuestFile file = lxd.instances().files(name).read("/etc/it file&=ä").orElseThrow();
        assertThat(file.kind()).isEqualTo(GuestFile.Kind.FILE);
        assertThat(file.attributes()).isEqualTo(new FileAttributes(1000, 1001, 0600));
        assertThat(file.content()).isEqualTo(Bytes.of(content));
    }

    @Test
    void filesArePushedToARunningInstanceAndReplaced() {
        String name = started();
        lxd.instances()
                .files(name)
                .push("/etc/it", FileAttributes.ofRoot(0644), "a longer first".getBytes(StandardCharsets.UTF_8));

        lxd.instances()
                .files(name)
                .push("/etc/it", FileAttributes.ofRoot(0644), "second".getBytes(StandardCharsets.UTF_8));

        assertThat(lxd.instances().files(name).read("/etc/it").orElseThrow().text())
                .isEqualTo("second");
        assertThat(lxd.instances().files(name).read("/etc/nothing")).isEmpty();
    }

    @Test
    void directoriesAndLinksAreMadeAndRead() {
        String name = created();
        var files = lxd.instances().files(name);
        files.makeDirectory("/it", FileAttributes.ofRoot(0750));
        files.makeDirectory("/it", FileAttributes.ofRoot(0750));
        files.push("/it/target", FileAttributes.ofRoot(0644), "old".getBytes(StandardCharsets.UTF_8));
        files.link("/it/link", "/it/target");

        GuestFile directory = files.read("/it").orElseThrow();
        assertThat(directory.kind()).isEqualTo(GuestFile.Kind.DIRECTORY);
        assertThat(directory.attributes().mode()).isEqualTo(0750);
        assertThat(directory.entries()).containsExactlyInAnyOrder("target", "link");
        GuestFile link = files.read("/it/link").orElseThrow();
        assertThat(link.kind()).isEqualTo(GuestFile.Kind.SYMLINK);
        assertThat(link.text().trim()).isEqualTo("/it/target");

        files.push("/it/link", FileAttributes.ofRoot(0644), "through the link".getBytes(StandardCharsets.UTF_8));
        assertThat(files.read("/it/target").orElseThrow().text()).isEqualTo("through the link");
    }

    @Test
    void aFileInAMissingDirectoryIsRefused() {
        String name = created();

        missing(
                Subject.OTHER,
                () -> lxd.instances().files(name).push("/no/such/file", FileAttributes.ofRoot(0644), new byte[1]));
        failsWith(Kind.INVALID, () -> lxd.instances().files(name).read("relative"));
    }

    @Test
    void aCommandBringsBackItsExitCode() {
        String name = started();
        prepareGuest(name);

        assertThat(lxd.instances().run(name, List.of("/bin/sh", "-c", SCRIPT))).isEqualTo(3);
        failsWith(Kind.INVALID, () -> lxd.instances().run(name, List.of("no-such-command")));
    }

    @Test
    void aCommandNeedsARunningInstance() {
        String name = created();

        failsWith(Kind.NOT_RUNNING, () -> lxd.instances().run(name, List.of("true")));
    }

    // --- volumes ------------------------------------------------------------------------------------------------

    @Test
    void aVolumeIsCreatedFoundChangedAndDeleted() {
        String name = newVolume();
        Volumes all = lxd.volumes(pool());
        all.create(
                new NewVolume(name, "filesystem", "for a test", Map.of("size", "64MiB", "user.it.mark", name), null));

        Volume volume = all.find(name).orElseThrow();
        assertThat(volume.contentType()).isEqualTo("filesystem");
        assertThat(volume.description()).isEqualTo("for a test");
        assertThat(volume.config()).containsEntry("size", "64MiB").containsEntry("user.it.mark", name);
        assertThat(volume.attachedTo()).isEmpty();
        assertThat(all.list()).extracting(Volume::name).contains(name);

        all.patchConfig(name, Map.of("size", "128MiB", "user.it.more", "ä\n"));
        assertThat(all.find(name).orElseThrow().config())
                .containsEntry("size", "128MiB")
                .containsEntry("user.it.mark", name)
                .containsEntry("user.it.more", "ä\n");

        failsWith(Kind.ALREADY_EXISTS, () -> all.create(NewVolume.filesystem(name, Map.of())));
        failsWith(Kind.INVALID, () -> all.create(NewVolume.filesystem("it-nobody", Map.of("zfs.blocksize", "4096"))));
        assertThat(all.delete(name)).isTrue();
        assertThat(all.delete(name)).isFalse();
    }

    @Test
    void aVolumeIsMadeOfABackupWithItsConfiguration() {
        String name = newVolume();
        String index = """
                {"name": "%1$s", "backend": "dir", "pool": "default", "optimized": false, "optimized_header": false,
                "type": "custom", "config": {"volume": {"name": "%1$s", "type": "custom", "content_type": "block",
                "description": "", "config": {"user.it": "mark"}}}}
                """.formatted(name);
        byte[] backup = new TestTar()
                .file("backup/index.yaml", 0644, index)
                .file("backup/volume.img", 0644, "x".repeat(1 << 20))
                .gzipped();

        lxd.volumes(pool()).importBackup(name, backup, null);

        Volume volume = lxd.volumes(pool()).find(name).orElseThrow();
        assertThat(volume.contentType()).isEqualTo("block");
        assertThat(volume.config()).containsEntry("user.it", "mark");
        assertThat(lxd.volumes(pool()).delete(name)).isTrue();
    }

    @Test
    void snapshotsAreTakenListedAndDeleted() {
        String name = newVolume();
        lxd.volumes(pool()).create(NewVolume.filesystem(name, Map.of("size", "16MiB")));
        var snapshots = lxd.volumes(pool()).snapshots(name);

        snapshots.create("s1");
        snapshots.describe("s1", "first");
        snapshots.create("s2");
        snapshots.describe("s2", "second");

        assertThat(snapshots.list()).extracting(VolumeSnapshot::name).containsExactlyInAnyOrder("s1", "s2");
        assertThat(snapshots.list())
                .extracting(VolumeSnapshot::description)
                .containsExactlyInAnyOrder("first", "second");
        failsWith(Kind.ALREADY_EXISTS, () -> snapshots.create("s1"));
        assertThat(snapshots.delete("s1")).isTrue();
        assertThat(snapshots.delete("s1")).isFalse();
        assertThat(snapshots.list()).extracting(VolumeSnapshot::name).containsExactly("s2");
        assertThat(lxd.volumes(pool()).listWithSnapshots().snapshots())
                .filteredOn(snapshot -> snapshot.volume().equals(name))
                .containsExactlyElementsOf(snapshots.list());
        assertThat(lxd.volumes(pool()).delete(name)).isTrue();
    }

    @Test
    void aVolumeThatARunningInstanceHasIsSnapshotAndGrown() {
        String instance = started();
        String name = newVolume();
        lxd.volumes(pool()).create(NewVolume.filesystem(name, Map.of("size", "16MiB")));
        lxd.instances().patch(instance, Map.of(), disk(name));

        lxd.volumes(pool()).snapshots(name).create("s1");

        assertThat(lxd.volumes(pool()).snapshots(name).list()).hasSize(1);
        lxd.volumes(pool()).patchConfig(name, Map.of("size", "32MiB"));
        remove(lxd, instance, "disk-" + name);
    }

    @Test
    void volumesAreCopiedInAndAcrossPools() {
        String name = newVolume();
        String far = newVolume();
        String near = newVolume();
        lxd.volumes(pool()).create(NewVolume.filesystem(name, Map.of("size", "16MiB")));
        lxd.volumes(pool()).snapshots(name).create("s1");

        lxd.volumes(dirPool()).copy(VolumeSource.volume(pool(), name), NewVolume.filesystem(far, Map.of()));
        lxd.volumes(pool())
                .copy(VolumeSource.volume(pool(), name), NewVolume.filesystem(near, Map.of("user.it", "copy")));

        assertThat(lxd.volumes(dirPool()).find(far)).isPresent();
        assertThat(lxd.volumes(dirPool()).snapshots(far).list()).isEmpty();
        assertThat(lxd.volumes(pool()).find(near).orElseThrow().config()).containsEntry("user.it", "copy");
        missing(
                Subject.VOLUME,
                () -> lxd.volumes(pool())
                        .copy(VolumeSource.volume(pool(), "it-nobody"), NewVolume.filesystem("it-nobody2", Map.of())));
    }

    @Test
    void aVolumeIsRenamedWithItsSnapshots() {
        String name = newVolume();
        String other = newVolume();
        String taken = newVolume();
        lxd.volumes(pool()).create(NewVolume.filesystem(name, Map.of("user.it", "kept")));
        lxd.volumes(pool()).create(NewVolume.filesystem(taken, Map.of()));
        lxd.volumes(pool()).snapshots(name).create("s1");

        assertThat(lxd.volumes(pool()).rename(name, other)).isTrue();

        assertThat(lxd.volumes(pool()).find(name)).isEmpty();
        assertThat(lxd.volumes(pool()).find(other).orElseThrow().config()).containsEntry("user.it", "kept");
        assertThat(lxd.volumes(pool()).snapshots(other).list()).hasSize(1);
        assertThat(lxd.volumes(pool()).rename(name, other)).isFalse();
        failsWith(Kind.ALREADY_EXISTS, () -> lxd.volumes(pool()).rename(other, taken));
        assertThat(lxd.volumes(pool()).deleteWhenIdle(other)).isTrue();
        assertThat(lxd.volumes(pool()).deleteWhenIdle(other)).isFalse();
    }

    // --- projects -----------------------------------------------------------------------------------------------

    @Test
    void aProjectHasItsOwnVolumesAndSaysWhatItIsolates() {
        String name = newName();
        TestProjects.create(endpoint(), name, Map.of("restricted", "false"));
        try {
            Project project = lxd.projects().find(name).orElseThrow();
            assertThat(project.isolates("images")).isTrue();
            assertThat(project.isolates("storage.volumes")).isTrue();
            assertThat(project.isolates("networks")).isFalse();
            assertThat(project.isRestricted()).isFalse();
            failsWith(Kind.ALREADY_EXISTS, () -> TestProjects.create(endpoint(), name, Map.of()));

            LxdSession inside = client.session(name, TIMEOUT);
            inside.volumes(pool()).create(NewVolume.filesystem("it-v", Map.of("size", "16MiB")));
            assertThat(lxd.volumes(pool()).find("it-v")).isEmpty();
            missing(Subject.IMAGE, () -> inside.instances().create(container("it-nobody"), null));
            assertThat(inside.volumes(pool()).delete("it-v")).isTrue();
        } finally {
            assertThat(TestProjects.delete(endpoint(), name)).isTrue();
        }
    }

    @Test
    void aProjectThatHasAnImageIsNotDeleted() {
        // LXD 5.0 does delete one that has volumes, and forgets them on its disk: nothing to rely on.
        String name = newName();
        TestProjects.create(endpoint(), name, Map.of());
        String fingerprint = client.session(name, TIMEOUT)
                .images()
                .upload(upload(Map.of(), smallRootfs()))
                .fingerprint();

        failsWith(Kind.IN_USE, () -> TestProjects.delete(endpoint(), name));

        assertThat(lxd.images().find(fingerprint)).isEmpty();
        assertThat(client.session(name, TIMEOUT).images().delete(fingerprint)).isTrue();
        assertThat(TestProjects.delete(endpoint(), name)).isTrue();
    }

    @Test
    void theLimitsAndRestrictionsOfAProjectAreTold() {
        String name = newName();
        TestProjects.create(
                endpoint(), name, Map.of("restricted", "true", "limits.instances", "0", "limits.disk", "1GiB"));
        try {
            LxdSession inside = client.session(name, TIMEOUT);
            failsWith(
                    Kind.LIMIT_REACHED,
                    () -> inside.volumes(pool()).create(NewVolume.filesystem("it-v", Map.of("size", "2GiB"))));
            failsWith(Kind.LIMIT_REACHED, () -> inside.instances().create(container("it-nobody"), null));
        } finally {
            assertThat(TestProjects.delete(endpoint(), name)).isTrue();
        }
    }

    @Test
    void aRestrictedProjectForbidsLowLevelConfiguration() {
        String name = newName();
        TestProjects.create(endpoint(), name, Map.of("restricted", "true"));
        try {
            failsWith(
                    Kind.FORBIDDEN,
                    () -> client.session(name, TIMEOUT).instances().create(container("it-nobody"), null));
        } finally {
            assertThat(TestProjects.delete(endpoint(), name)).isTrue();
        }
    }

    // --- networks -----------------------------------------------------------------------------------------------

    @Test
    void aNetworkInUseIsNotDeleted() {
        String name = newInstance();
        Map<String, Object> body = container(name);
        body.put("devices", devices(Map.of("eth0", Map.of("type", "nic", "name", "eth0", "network", network()))));
        lxd.instances().create(body, null);

        failsWith(Kind.IN_USE, () -> lxd.networks().delete(network()));
        assertThat(lxd.networks().find(network()).orElseThrow().usedBy()).isNotEmpty();
    }

    // --- operations ---------------------------------------------------------------------------------------------

    @Test
    void aWaitThatTakesTooLongIsNoFailureThoughIncusTellsItAsOne() throws IOException {
        String name = started(deafContainer());
        makeDeaf(name);
        try (Transport transport = endpoint().open()) {
            String operation = begin(transport, name);

            Map<String, ?> answer = call(transport, HttpCall.get(operation + "/wait?timeout=1"));

            if (tellsALateWaitAsAFailure()) {
                assertThat(answer.get("type")).isEqualTo("error");
                assertThat(answer.get("error")).isEqualTo("context deadline exceeded");
            } else {
                assertThat(answer.get("type")).isEqualTo("sync");
                assertThat(metadata(answer)).containsEntry("status", "Running");
            }
            assertThat(metadata(call(transport, HttpCall.get(operation)))).containsEntry("status_code", 103);
        }
    }

    @Test
    void atTheDeadlineTheSessionGivesUpAndTheOperationGoesOn() {
        String name = started(deafContainer());
        makeDeaf(name);
        LxdSession hasty = client.session("default", Duration.ofMillis(1500));

        LxdException e = failure(() -> hasty.instances().stop(name, false, Duration.ofSeconds(4)));

        // An imitation whose operations end at once is not too late.
        assertThat(e.kind()).isIn(Kind.TIMED_OUT, Kind.GUEST_TIMEOUT);
        lxd.instances().stop(name, true, PATIENCE);
        assertThat(lxd.instances().find(name).orElseThrow().isStopped()).isTrue();
    }

    @Test
    void anEndedOperationVanishes() throws Exception {
        String name = newVolume();
        lxd.volumes(pool()).create(NewVolume.filesystem(name, Map.of("size", "16MiB")));
        try (Transport transport = endpoint().open()) {
            HttpBody body = HttpBody.of("application/json", "{\"name\":\"s1\"}".getBytes(StandardCharsets.UTF_8));
            String path = "/1.0/storage-pools/" + pool() + "/volumes/custom/" + name + "/snapshots";
            String operation = String.valueOf(
                    call(transport, new HttpCall("POST", path, Map.of(), body)).get("operation"));
            String id = operation.substring(operation.lastIndexOf('/') + 1);

            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (isKnown(transport, id) && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(250);
            }

            assertThat(isKnown(transport, id)).isFalse();
            assertThat(lxd.volumes(pool()).snapshots(name).list()).hasSize(1);
        }
    }

    // --- lost answers -------------------------------------------------------------------------------------------

    @Test
    void aCreationWhoseAnswerIsLostIsFoundAgainAndFinished() {
        String name = newInstance();

        losing("POST /1.0/instances?", session -> session.instances().create(container(name), null));

        Instance instance = lxd.instances().find(name).orElseThrow();
        assertThat(instance.config()).containsEntry("volatile.apply_template", "create");
        lxd.instances().start(name);
        assertThat(lxd.instances().find(name).orElseThrow().isRunning()).isTrue();
    }

    @Test
    void aLostWaitIsWaitedForAgain() {
        String name = newInstance();

        losing("GET /1.0/operations/", session -> session.instances().create(container(name), null));

        assertThat(lxd.instances().find(name).orElseThrow().isStopped()).isTrue();
    }

    @Test
    void whatAnsweredNothingWhenStartedOrStoppedHasHappened() {
        String name = created();

        losing("PUT /1.0/instances/", session -> session.instances().start(name));
        assertThat(lxd.instances().find(name).orElseThrow().isRunning()).isTrue();

        losing("PUT /1.0/instances/", session -> session.instances().stop(name, true, PATIENCE));
        assertThat(lxd.instances().find(name).orElseThrow().isStopped()).isTrue();
    }

    @Test
    void aRestartWhoseAnswerIsLostIsNotRepeated() {
        String name = started();

        LxdException e = failure(() ->
                losing("PUT /1.0/instances/", session -> session.instances().restart(name, true, PATIENCE)));

        assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    }

    @Test
    void deletionsAndChangesWhoseAnswersAreLostHaveHappened() {
        String name = created();
        String volume = newVolume();

        losing(
                "POST /1.0/storage-pools/",
                session -> session.volumes(pool()).create(NewVolume.filesystem(volume, Map.of("size", "16MiB"))));
        losing("PATCH /1.0/instances/", session -> session.instances().patch(name, Map.of(), disk(volume)));
        assertThat(lxd.volumes(pool()).find(volume).orElseThrow().attachedTo()).hasSize(1);
        losing("PUT /1.0/instances/", session -> remove(session, name, "disk-" + volume));
        assertThat(lxd.volumes(pool()).find(volume).orElseThrow().attachedTo()).isEmpty();
        losing(
                "POST /1.0/storage-pools/",
                session -> session.volumes(pool()).snapshots(volume).create("s1"));
        losing("DELETE /1.0/storage-pools/", session -> session.volumes(pool()).delete(volume));
        assertThat(lxd.volumes(pool()).find(volume)).isEmpty();
        losing("DELETE /1.0/instances/", session -> session.instances().delete(name));
        assertThat(lxd.instances().find(name)).isEmpty();
    }

    @Test
    void anUploadWhoseAnswerIsLostIsFoundByItsFingerprint() {
        ImageUpload upload = upload(Map.of("lost", "1"), smallRootfs());
        List<UploadedImage> uploaded = new ArrayList<>();

        losing("POST /1.0/images", session -> uploaded.add(session.images().upload(upload)));

        assertThat(lxd.images().delete(uploaded.get(0).fingerprint())).isTrue();
    }

    @Test
    void aCommandWhoseAnswerIsLostIsNotRunTwice() {
        String name = started();

        LossyTransport transport = new LossyTransport(endpoint().open());
        try (LxdClient lossy = LxdClient.over(transport)) {
            transport.loseAnswerTo(call -> call.method().equals("POST"));
            LxdException e = failure(
                    () -> lossy.session("default", TIMEOUT).instances().run(name, List.of("/bin/sh", "-c", "true")));

            assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
            assertThat(transport.sent()).hasSize(1);
        }
    }

    // --- connections --------------------------------------------------------------------------------------------

    @Test
    void oneClientServesManyThreads() throws Exception {
        inParallel(32, i -> {
            for (int n = 0; n < 10; n++) {
                assertThat(lxd.instances().find("it-nobody-" + i)).isEmpty();
            }
        });
    }

    @Test
    void aPassedDeadlineIsTold() {
        LxdSession late = client.session("default", Duration.ZERO);

        failsWith(Kind.TIMED_OUT, () -> late.instances().find("it-nobody"));
    }

    @Test
    void anInterruptedCallIsTold() {
        Thread.currentThread().interrupt();
        try {
            failsWith(Kind.INTERRUPTED, () -> lxd.instances().find("it-nobody"));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(lxd.instances().find("it-nobody")).isEmpty();
    }

    @Test
    void aClosedClientSendsNothing() {
        LxdClient closed = LxdClient.of(endpoint());
        closed.session("default", TIMEOUT).instances().find("it-nobody");
        closed.close();

        assertThatThrownBy(() -> closed.session("default", TIMEOUT).instances().find("it-nobody"))
                .isInstanceOf(RuntimeException.class);
    }

    // --- helpers ------------------------------------------------------------------------------------------------

    /** Runs something with a client that loses the answer to its first request that begins so. */
    private void losing(String beginning, java.util.function.Consumer<LxdSession> action) {
        LossyTransport transport = new LossyTransport(endpoint().open());
        try (LxdClient lossy = LxdClient.over(transport)) {
            transport.loseAnswerTo(call -> call.toString().startsWith(beginning));
            action.accept(lossy.session("default", TIMEOUT));
            assertThat(transport.sent()).anyMatch(call -> call.startsWith(beginning));
        }
    }

    private void withImage(ImageUpload upload, java.util.function.Consumer<Image> test) {
        String fingerprint = lxd.images().upload(upload).fingerprint();
        try {
            test.accept(lxd.images().find(fingerprint).orElseThrow());
        } finally {
            lxd.images().delete(fingerprint);
        }
    }

    /** An upload that no other has the fingerprint of. */
    private static ImageUpload upload(Map<String, String> properties, Path rootfs) {
        String metadata =
                "architecture: x86_64\ncreation_date: 1700000000\nproperties:\n  description: contract\n  serial: \""
                        + UUID.randomUUID() + "\"\n";
        byte[] tar = new TestTar().file("metadata.yaml", 0644, metadata).gzipped();
        return new ImageUpload(ImageUpload.Kind.CONTAINER, Bytes.of(tar), rootfs, properties);
    }

    private Path smallRootfs() {
        try {
            Path file = images.resolve("rootfs.tar.gz");
            if (!Files.exists(file)) {
                byte[] tar = new TestTar()
                        .directory("etc")
                        .file("etc/hostname", 0644, "it\n")
                        .gzipped();
                Files.write(file, tar);
            }
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> container(String name) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("type", "container");
        body.put("source", Map.of("type", "image", "fingerprint", image));
        body.put("profiles", List.of());
        body.put("config", config(Map.of()));
        body.put("devices", devices(Map.of()));
        return body;
    }

    /** A container whose first process ignores the signal by which it is asked to stop. */
    private Map<String, Object> deafContainer() {
        Map<String, Object> body = container(newInstance());
        body.put("config", Map.of("raw.lxc", "lxc.init.cmd = /usr/sbin/runsvdir-start\nlxc.signal.halt = SIGPWR"));
        return body;
    }

    private static Map<String, String> config(Map<String, String> more) {
        Map<String, String> config = new LinkedHashMap<>(more);
        config.put("raw.lxc", "lxc.init.cmd = /usr/sbin/runsvdir-start\nlxc.signal.halt = SIGHUP");
        return config;
    }

    private Map<String, Map<String, String>> devices(Map<String, Map<String, String>> more) {
        Map<String, Map<String, String>> devices = new LinkedHashMap<>(more);
        devices.put("root", Map.of("type", "disk", "path", "/", "pool", pool()));
        return devices;
    }

    private Map<String, Map<String, String>> disk(String volume) {
        return Map.of(
                "disk-" + volume,
                Map.of("type", "disk", "pool", pool(), "source", volume, "path", "/warden-cpi-dev/" + volume));
    }

    private String created() {
        String name = newInstance();
        lxd.instances().create(container(name), null);
        return name;
    }

    private String started() {
        return started(container(newInstance()));
    }

    private String started(Map<String, Object> body) {
        String name = String.valueOf(body.get("name"));
        lxd.instances().create(body, null);
        lxd.instances().start(name);
        return name;
    }

    private String newInstance() {
        String name = newName();
        instances.add(name);
        return name;
    }

    private String newVolume() {
        String name = newName();
        volumes.add(name);
        return name;
    }

    private static String newName() {
        return "it-" + UUID.randomUUID().toString().substring(0, 13);
    }

    /** The instance's first process, as the server numbers it. */
    private long pid(String instance) throws IOException {
        try (Transport transport = endpoint().open()) {
            Map<String, ?> state = metadata(call(transport, HttpCall.get("/1.0/instances/" + instance + "/state")));
            return state.get("pid") instanceof Number pid ? pid.longValue() : 0;
        }
    }

    private static boolean isKnown(Transport transport, String operation) throws IOException {
        String id = operation.contains("?") ? operation.substring(0, operation.indexOf('?')) : operation;
        return !metadata(call(transport, HttpCall.get("/1.0/operations/" + id))).isEmpty();
    }

    private static boolean remove(LxdSession session, String instance, String device) {
        return session.instances()
                .removeDevice(session.instances().find(instance).orElseThrow(), device);
    }

    /** Asks the guest to stop, and returns the path of the operation without waiting for it. */
    private static String begin(Transport transport, String instance) throws IOException {
        String json = "{\"action\":\"stop\",\"timeout\":4,\"force\":false}";
        HttpBody body = HttpBody.of("application/json", json.getBytes(StandardCharsets.UTF_8));
        HttpCall stop = new HttpCall("PUT", "/1.0/instances/" + instance + "/state", Map.of(), body);
        String operation = String.valueOf(call(transport, stop).get("operation"));
        int query = operation.indexOf('?');
        return query < 0 ? operation : operation.substring(0, query);
    }

    private static Map<String, @Nullable Object> call(Transport transport, HttpCall call) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        try (HttpReply reply = transport.exchange(call, deadline)) {
            return io.boshcpi.json.Json.readObject(reply.body());
        }
    }

    @SuppressWarnings("unchecked") // the keys of a JSON object are strings
    private static Map<String, Object> metadata(Map<String, ?> answer) {
        return answer.get("metadata") instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static LxdException failure(ThrowingCallable call) {
        LxdException e = catchThrowableOfType(LxdException.class, call);
        assertThat(e).as("a failure").isNotNull();
        return e;
    }

    private static void failsWith(Kind kind, ThrowingCallable call) {
        LxdException e = failure(call);
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
    }

    private static void missing(Subject subject, ThrowingCallable call) {
        LxdException e = failure(call);
        assertThat(e.isMissing(subject)).as(e.getMessage()).isTrue();
    }

    private interface Task {
        void run(int number) throws Exception;
    }

    private static void inParallel(int threads, Task task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                futures.add(executor.submit(() -> {
                    task.run(number);
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
