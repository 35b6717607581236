package io.boshcpi.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.testing.TestHost.Answer;
import io.boshcpi.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The recorded operations told as one story that any cloud can play: a deployment, its recreation, a resize, a VM that
 * is lost, a second CPI configuration, version 3 of the API, and the life of a {@code create-env}.
 *
 * <p>The recording has gaps: what was made in one is stood for by what is there.
 */
public final class RecordedStory {
    /** What was made in a gap of the recording, and what stands for it. */
    private static final Map<String, String> STAND_INS = Map.of(
            "sc-66d4b36a", "sc-26db20f3",
            "sc-004b639c", "sc-26db20f3",
            "vm-4386e719", "vm-5fe10524",
            "disk-065b2f8e", "disk-4de7f215",
            "vm-2b3cec8b", "vm-54c56501",
            "vm-9d6ef0f8", "vm-b74739de",
            "vm-0e1b9304", "vm-e707fad7",
            "disk-69ec3d18", "disk-63ae09b3",
            "sc-9fc7caf4", "sc-e5f8290c");

    private final Replayer.Cpi cpi;
    private final Replayer replayer;

    /** The story on a cloud. */
    public RecordedStory(Replayer.Cpi cpi, Replayer.Adaption adaption) {
        this.cpi = cpi;
        this.replayer = new Replayer(cpi, adaption);
    }

    /** Plays it; each call must succeed that did when it was recorded. */
    public void play() {
        List<RecordedCall> calls = RecordedCall.all();
        for (String operation : RecordedCall.operations(calls)) {
            STAND_INS.forEach((recorded, other) -> {
                String actual = replayer.cids().get(other);
                if (actual != null) {
                    replayer.know(recorded, actual);
                }
            });
            if (operation.equals("cck-recreate-missing-vm")) {
                call("delete_vm", replayer.cids().get("vm-2b3cec8b")); // It got lost, which cloud check then found.
            }
            assertThat(replayer.replay(RecordedCall.of(calls, operation))).isNotEmpty();
        }
    }

    /** Removes what is left of it. */
    public void cleanUp() {
        List<String> failures = new ArrayList<>();
        for (String kind : List.of("vm", "snapshot", "disk", "stemcell")) {
            for (String cid : made(kind)) {
                Answer answer = call("delete_" + kind, cid);
                if (answer.response().get("error") != null) {
                    failures.add(answer.stdout());
                }
            }
        }
        assertThat(failures).as("failures while cleaning up").isEmpty();
    }

    /** The CIDs of a kind that this cloud gave. */
    private Set<String> made(String kind) {
        String prefix = Map.of("vm", "vm-", "snapshot", "snap-", "disk", "disk-", "stemcell", "sc-")
                .get(kind);
        Set<String> cids = new LinkedHashSet<>();
        replayer.cids().forEach((recorded, actual) -> {
            if (recorded.startsWith(String.valueOf(prefix))) {
                cids.add(actual);
            }
        });
        return cids;
    }

    private Answer call(String method, @Nullable Object argument) {
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("method", method);
        request.put("arguments", java.util.Arrays.asList(argument));
        request.put("api_version", 2);
        return cpi.call(Json.write(request), RecordedCall.DIRECTORS_ENVIRONMENT);
    }
}
