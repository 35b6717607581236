package io.boshcpi.lxd.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.model.Bytes;
import io.boshcpi.lxd.client.model.FileAttributes;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.model.VolumeSnapshot;
import io.boshcpi.lxd.client.session.ImageUpload;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.NewVolume;
import io.boshcpi.lxd.client.session.VolumeListing;
import io.boshcpi.lxd.client.session.VolumeSource;
import io.boshcpi.lxd.client.transport.HttpBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, sent again, and not sent again. */
class RestTest {
    private static final String OPERATION = "/1.0/operations/11111111-0000-4000-8000-000000000001";
    private static final String DONE = "{\"status_code\":200}";
    private static final String INSTANCE =
            "{\"name\":\"i\",\"status\":\"Stopped\",\"config\":{\"volatile.apply_template\":\"create\"},\"devices\":{}}";
    private static final String HALF_MADE = "{\"name\":\"i\",\"status\":\"Stopped\",\"config\":{},\"devices\":{}}";
    private static final String CUT_SHORT =
            "{\"status_code\":400,\"description\":\"Deleting storage volume snapshot\",\"err\":\"Failed to run: btrfs"
                    + " subvolume delete: exit status 1 (ERROR: Could not statfs: No such file or directory)\"}";
    private static final Map<String, Object> BODY = Map.of("name", "i", "type", "container");

    private final StubTransport server = new StubTransport();
    private final LxdSession lxd = server.client().session("p", Duration.ofSeconds(30));

    @AfterEach
    void everyAnswerWasClosed() {
        assertThat(server.open()).isZero();
    }

    @Test
    void everyCallNamesTheProject() {
        server.sync(INSTANCE).sync("[]");

        lxd.instances().find("i");
        server.client().session("q", Duration.ofSeconds(30)).instances().list();

        assertThat(server.calls())
                .containsExactly("GET /1.0/instances/i?project=p", "GET /1.0/instances?recursion=1&project=q");
    }

    /** Recorded: LXD 5.0.2 and Incus 6.0.4 list snapshots after their volume, Incus 7.0.2 in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"name\":\"v\",\"config\":{}},{\"name\":\"v/s1\",\"description\":\"first\",\"config\":{}}]",
                "[{\"name\":\"v\",\"config\":{},\"snapshots\":[{\"name\":\"s1\",\"description\":\"first\",\"config\":{}}]}]"
            })
    void snapshotsAreListedWithTheirVolumes(String listing) {
        server.sync(listing);

        VolumeListing all = lxd.volumes("default").listWithSnapshots();

        assertThat(server.calls())
                .containsExactly("GET /1.0/storage-pools/default/volumes/custom?recursion=2&project=p");
        assertThat(all.volumes()).extracting(Volume::name).containsExactly("v");
        assertThat(all.snapshots()).containsExactly(new VolumeSnapshot("v", "s1", "first", Map.of()));
    }

    @Test
    void aLostAnswerToAReadIsReadAgain() {
        server.lose().sync(INSTANCE);

        assertThat(lxd.instances().find("i")).isPresent();
    }

    @Test
    void aServerThatRestartsIsWaitedForWhateverTheCall() {
        server.refuse()
                .refuse()
                .error(503, 503, "not started yet")
                .async(OPERATION)
                .sync(DONE);

        lxd.instances().create(BODY, null);

        assertThat(server.calls()).hasSize(5);
    }

    @Test
    void aServerThatStaysAwayIsUnreachable() {
        LxdSession hasty = server.client().session("p", Duration.ofMillis(300));
        for (int i = 0; i < 1000; i++) {
            server.refuse();
        }

        assertThat(failure(() -> hasty.instances().find("i")).kind()).isIn(Kind.UNREACHABLE, Kind.TIMED_OUT);
    }

    @Test
    void aServerThatIsNotTrustedIsNotAskedAgain() {
        server.distrust(new SSLHandshakeException("not the pinned one"));

        assertThat(failure(() -> lxd.instances().find("i")).kind()).isEqualTo(Kind.UNTRUSTED);
        assertThat(server.calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>502 Bad Gateway</html>",
                "[]",
                "null",
                "{\"type\":\"sync\",",
                "{\"type\":\"sync\"} and more",
                "{\"type\":\"other\"}",
                "{}",
                "\"sync\""
            })
    void whatIsNoEnvelopeIsNotUnderstood(String body) {
        server.answer(200, body);

        LxdException e = failure(() -> lxd.instances().find("i"));

        assertThat(e.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(e.status()).isEqualTo(200);
    }

    @Test
    void anErrorIsToldByTheBodyWhateverTheStatusOfHttpIs() {
        server.error(200, 404, "Instance not found");

        assertThat(lxd.instances().find("i")).isEmpty();
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        String element = "\"" + "x".repeat(1 << 20) + "\",";
        server.answer(200, "{\"type\":\"sync\",\"metadata\":[" + element.repeat(65) + "\"\"]}");

        LxdException e = failure(() -> lxd.instances().find("i"));
        assertThat(e.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(e).hasMessageContaining("the answer is longer than ").hasMessageNotContaining("not one of");
    }

    @Test
    void aFailureTellsNeitherQueryNorBody() {
        server.error(500, 500, "database is locked");

        LxdException e = failure(() -> lxd.instances().patch("i", Map.of("user.password", "hunter2"), Map.of()));

        assertThat(e).hasMessage("PATCH /1.0/instances/i: database is locked");
    }

    @Test
    void aLostCreationThatIsCompleteIsFound() {
        server.lose().sync("{}").sync(INSTANCE);

        lxd.instances().create(BODY, null);

        assertThat(server.calls())
                .containsExactly(
                        "POST /1.0/instances?project=p",
                        "GET /1.0/operations?recursion=1&project=p",
                        "GET /1.0/instances/i?project=p");
    }

    @Test
    void aLostCreationThatStillRunsIsWaitedFor() {
        server.lose()
                .sync("{\"running\":[{\"id\":\"11111111-0000-4000-8000-000000000001\",\"status_code\":103,"
                        + "\"resources\":{\"instances\":[\"/1.0/instances/i?project=p\"]}},"
                        + "{\"id\":\"another\",\"status_code\":103,\"resources\":null}]}")
                .sync(DONE)
                .sync(INSTANCE);

        lxd.instances().create(BODY, null);

        assertThat(server.calls().get(2)).startsWith("GET " + OPERATION + "/wait");
    }

    @Test
    void aLostCreationThatNeverArrivedIsSentAgain() {
        server.lose()
                .sync("{}")
                .error(404, 404, "Instance not found")
                .async(OPERATION)
                .sync(DONE);

        lxd.instances().create(BODY, null);

        assertThat(server.calls()).filteredOn(call -> call.startsWith("POST")).hasSize(2);
    }

    @Test
    void aLostCreationThatArrivesLateIsFoundInTheEnd() {
        server.lose()
                .sync("{}")
                .error(404, 404, "Instance not found")
                .async(OPERATION)
                .sync("{\"status_code\":400,\"err\":\"Instance is busy running a \\\"create\\\" operation\"}")
                .sync("{}")
                .sync(INSTANCE);

        lxd.instances().create(BODY, null);
    }

    @Test
    void whatACrashLeftHalfMadeIsNotTakenForAnInstance() {
        server.lose().sync("{}").sync(HALF_MADE).sync("{}").sync(HALF_MADE);

        LxdException e = failure(() -> lxd.instances().create(BODY, null));

        assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(e).hasMessageContaining("half made");
    }

    @Test
    void aNameThatWasTakenBeforeIsNotThisCalls() {
        server.async(OPERATION).sync("{\"status_code\":400,\"err\":\"This \\\"instances\\\" entry already exists\"}");

        assertThat(failure(() -> lxd.instances().create(BODY, null)).kind()).isEqualTo(Kind.ALREADY_EXISTS);
    }

    /** The server may have ended after it recorded the volume, and before it made it. */
    @Test
    void aLostVolumeIsDeletedAndMadeAgain() {
        server.lose().sync("{}").sync("{}").sync("{}");

        lxd.volumes("pool").create(NewVolume.filesystem("v", Map.of()));

        assertThat(server.calls())
                .containsExactly(
                        "POST /1.0/storage-pools/pool/volumes/custom?project=p",
                        "GET /1.0/operations?recursion=1&project=p",
                        "DELETE /1.0/storage-pools/pool/volumes/custom/v?project=p",
                        "POST /1.0/storage-pools/pool/volumes/custom?project=p");
    }

    /** The first request may reach the server late. */
    @Test
    void aLostVolumeThatIsThereAfterAllIsThisCalls() {
        server.lose()
                .sync("{}")
                .error(404, 404, "Storage pool volume not found")
                .error(409, 409, "Volume by that name already exists");

        assertThatCode(() -> lxd.volumes("pool").create(NewVolume.filesystem("v", Map.of())))
                .doesNotThrowAnyException();
    }

    @Test
    void aLostCopyIsNotTakenForComplete() {
        server.lose();

        LxdException e = failure(
                () -> lxd.volumes("pool").copy(VolumeSource.volume("pool", "a"), NewVolume.filesystem("b", Map.of())));

        assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(server.calls()).hasSize(1);
    }

    /** The server may have restarted in the middle of it. */
    @Test
    void aCopyWhoseOperationHasVanishedIsNotTakenForComplete() {
        server.async("/1.0/operations/11111111-2222-4333-8444-555555555555").error(404, 404, "Operation not found");

        LxdException e = failure(
                () -> lxd.volumes("pool").copy(VolumeSource.volume("pool", "a"), NewVolume.filesystem("b", Map.of())));

        assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    }

    @Test
    void aTransferWhoseOperationHasVanishedIsNotTakenForComplete() {
        server.sync("{\"api_extensions\":[\"cluster_internal_custom_volume_copy\"]}")
                .async("/1.0/operations/11111111-2222-4333-8444-555555555555")
                .error(404, 404, "Operation not found");

        LxdException e = failure(() -> lxd.volumeTransfer()
                .copy(
                        VolumeSource.volume("pool", "a"),
                        "n1",
                        new NewVolume("b", "filesystem", "", Map.of(), "n2"),
                        progress -> {}));

        assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    }

    @Test
    void aVolumeIsDeletedAfterTheCopiesThatMayWriteToIt() {
        String copy = "{\"id\":\"%s\",\"description\":\"%s\",\"status_code\":103,\"resources\":%s}";
        String running = String.join(
                ",",
                copy.formatted("silent", "Copying storage volume", "null"),
                copy.formatted("other", "Creating instance", "null"),
                copy.formatted("named", "Creating storage volume", "{\"storage_volumes\":[\"/1.0/x/v\"]}"));
        server.sync("{\"running\":[" + running + "]}")
                .sync("{\"id\":\"silent\",\"status_code\":200}")
                .sync("{\"id\":\"named\",\"status_code\":400,\"err\":\"cut off\"}")
                .sync("{}");

        assertThat(lxd.volumes("pool").deleteWhenIdle("v")).isTrue();

        assertThat(server.calls())
                .extracting(call -> call.replaceAll("[?].*", ""))
                .containsExactly(
                        "GET /1.0/operations",
                        "GET /1.0/operations/silent/wait",
                        "GET /1.0/operations/named/wait",
                        "DELETE /1.0/storage-pools/pool/volumes/custom/v");
    }

    // --- busy instances -----------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Failed to create instance update operation: A matching non-reusable operation has now succeeded",
                "Instance is busy running a \"stop\" operation",
            })
    void aBusyInstanceIsChangedLater(String text) {
        server.error(500, 500, text).error(500, 500, text).sync("{}");

        lxd.instances().patch("i", Map.of("user.a", "b"), Map.of());

        assertThat(server.calls()).hasSize(3);
    }

    @Test
    void aNetworkIsMadeAndDeletedLaterIfAnotherOneGoesAwayMeanwhile() {
        String text =
                "Failed to delete bridge children interfaces: Failed to run: ip -d -j link show other: exit status 1";
        server.error(500, 500, text).sync("{}").error(500, 500, text).sync("{}");

        lxd.networks().create("n", "bridge", Map.of());
        assertThat(lxd.networks().delete("n")).isTrue();

        assertThat(server.calls()).hasSize(4);
    }

    @Test
    void anInstanceThatStaysBusyIsToldAtTheDeadline() {
        LxdSession hasty = server.client().session("p", Duration.ofMillis(200));
        for (int i = 0; i < 1000; i++) {
            server.error(500, 500, "Instance is busy running a \"stop\" operation");
        }

        LxdException e = failure(() -> hasty.instances().patch("i", Map.of("user.a", "b"), Map.of()));

        assertThat(e.kind()).isIn(Kind.BUSY, Kind.TIMED_OUT);
    }

    @Test
    void aDeviceIsRemovedFromTheInstanceAsItIsNow() {
        String first = "{\"name\":\"i\",\"architecture\":\"x86_64\",\"config\":{\"volatile.a\":\"1\"},"
                + "\"devices\":{\"d\":{\"type\":\"none\"},\"e\":{\"type\":\"none\"}},\"profiles\":[],\"ephemeral\":false,"
                + "\"description\":\"x\",\"status\":\"Running\",\"expanded_config\":{\"y\":\"z\"}}";
        String second = first.replace("\"volatile.a\":\"1\"", "\"volatile.a\":\"2\"");
        server.answer(200, envelope(first), Map.of("etag", "\"one\""))
                .error(412, 412, "ETag doesn't match: a vs b")
                .answer(200, envelope(second), Map.of("etag", "\"two\""))
                .async(OPERATION)
                .sync(DONE);

        assertThat(lxd.instances().removeDevice(lxd.instances().find("i").orElseThrow(), "d"))
                .isTrue();

        assertThat(server.bodies().get(3))
                .contains("\"volatile.a\":\"2\"", "\"e\":", "\"architecture\":\"x86_64\"", "\"description\":\"x\"")
                .doesNotContain("\"d\":{", "expanded_config", "status");
    }

    @Test
    void aDeviceWhoseRemovalGotLostWasRemoved() {
        String without = "{\"name\":\"i\",\"devices\":{},\"config\":{}}";
        server.answer(
                        200,
                        envelope("{\"name\":\"i\",\"devices\":{\"d\":{\"type\":\"none\"}}}"),
                        Map.of("etag", "\"1\""))
                .lose()
                .error(412, 412, "ETag doesn't match: a vs b")
                .sync(without);

        assertThat(lxd.instances().removeDevice(lxd.instances().find("i").orElseThrow(), "d"))
                .isTrue();
    }

    // --- state --------------------------------------------------------------------------------------------------

    @Test
    void aFrozenInstanceIsThawedByAStart() {
        server.async(OPERATION)
                .sync("{\"status_code\":400,\"err\":\"The instance is already running\"}")
                .sync("{\"name\":\"i\",\"status\":\"Frozen\"}")
                .async(OPERATION)
                .sync(DONE);

        lxd.instances().start("i");

        assertThat(server.bodies().get(3)).contains("unfreeze");
    }

    @Test
    void theStateThatIsAskedForIsSpelledOut() {
        server.async(OPERATION).sync(DONE);

        lxd.instances().stop("i", true, Duration.ofSeconds(7));

        assertThat(server.bodies().get(0))
                .isEqualTo("{\"action\":\"stop\",\"timeout\":7,\"force\":true,\"stateful\":false}");
    }

    // --- files, images ------------------------------------------------------------------------------------------

    @Test
    void aFileIsPushedWithBothServersHeadersAndNeverAsAForm() {
        HeaderCatcher catcher = new HeaderCatcher();
        try (LxdClient client = LxdClient.over(catcher)) {
            client.session("p", Duration.ofSeconds(5))
                    .instances()
                    .files("i")
                    .push("/a b", new FileAttributes(1, 2, 0600), "x".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(catcher.call.target()).isEqualTo("/1.0/instances/i/files?path=%2Fa%20b&project=p");
        assertThat(catcher.call.headers())
                .containsEntry("X-LXD-mode", "0600")
                .containsEntry("X-Incus-mode", "0600")
                .containsEntry("X-LXD-uid", "1")
                .containsEntry("X-Incus-gid", "2")
                .containsEntry("X-Incus-type", "file");
        assertThat(catcher.call.body()).extracting(HttpBody::contentType).isEqualTo("application/octet-stream");
    }

    @Test
    void aFileThatIsTooLongIsRefused() {
        server.answer(200, "x".repeat((4 << 20) + 1), Map.of("x-lxd-type", "file"));

        assertThat(failure(() -> lxd.instances().files("i").read("/x")).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void anImageThatCannotBeReadIsTheCallersFault(@TempDir Path folder) {
        ImageUpload upload =
                new ImageUpload(ImageUpload.Kind.CONTAINER, Bytes.of(new byte[1]), folder.resolve("nothing"), Map.of());

        assertThat(failure(() -> lxd.images().upload(upload)).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void theServersAreSparedTheCrashThatEmptyPropertiesCanCause(@TempDir Path folder) throws IOException {
        Path rootfs = Files.writeString(folder.resolve("rootfs"), "r");
        HeaderCatcher catcher = new HeaderCatcher();
        try (LxdClient client = LxdClient.over(catcher)) {
            client.session("p", Duration.ofSeconds(5))
                    .images()
                    .upload(new ImageUpload(ImageUpload.Kind.CONTAINER, Bytes.of(new byte[1]), rootfs, Map.of()));
        }

        assertThat(catcher.call.headers()).isEmpty();
    }

    @Test
    void aDeletionThatFailsBesideAnotherWaitsForItAndSucceedsIfTheObjectIsGone() {
        String other = "11111111-0000-4000-8000-000000000002";
        server.async(OPERATION)
                .sync(CUT_SHORT)
                .sync("{\"running\":[{\"id\":\"" + other + "\",\"status_code\":103,"
                        + "\"resources\":{\"storage_volume_snapshots\":[\"/1.0/x/v/snapshots/s?project=p\"]}}]}")
                .sync(DONE)
                .error(404, 404, "Storage pool volume snapshot not found");

        assertThat(lxd.volumes("default").snapshots("v").delete("s")).isTrue();
        assertThat(server.calls())
                .anySatisfy(call -> assertThat(call).startsWith("GET /1.0/operations/" + other + "/wait"));
    }

    @Test
    void aDeletionThatFailsWhileTheObjectStaysIsAFailure() {
        server.async(OPERATION).sync(CUT_SHORT).sync("{}").sync("{\"name\":\"v/s\"}");

        LxdException e = failure(() -> lxd.volumes("default").snapshots("v").delete("s"));

        assertThat(e).hasMessageContaining("Could not statfs");
    }

    // --- what may be printed ------------------------------------------------------------------------------------

    @Test
    void anInstanceDoesNotPrintItsConfiguration() {
        Instance instance = Instance.of(Map.of("name", "i", "config", Map.of("user.settings", "hunter2")), "");

        assertThat(instance.toString()).doesNotContain("hunter2");
        assertThat(List.of(instance).toString()).contains("i");
    }

    private static String envelope(String metadata) {
        return "{\"type\":\"sync\",\"metadata\":" + metadata + "}";
    }

    private static LxdException failure(ThrowingCallable call) {
        LxdException e = catchThrowableOfType(LxdException.class, call);
        assertThat(e).isNotNull();
        return e;
    }
}
