package io.boshcpi.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.testing.RecordedCall;
import io.boshcpi.core.testing.Replayer;
import io.boshcpi.core.testing.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Director and a real {@code create-env} sent, made again with the example provider. */
class ReplayTest {
    @TempDir
    private Path folder;

    @Test
    void every_recorded_call_is_answered_as_it_was() throws IOException {
        Path image = Files.writeString(folder.resolve("image"), "an image");
        try (TestHost host = TestHost.withExample(folder)) {
            Replayer replayer = new Replayer(
                    (request, environment) -> host.call(request), (method, arguments) -> withImage(arguments, image));
            List<RecordedCall> calls = RecordedCall.all();
            // The recording has gaps: what was made in one has to be made here, or another VM stands for it.
            for (String cid : List.of("disk-065b2f8e", "disk-69ec3d18", "vm-0e1b9304")) {
                Files.writeString(
                        Files.createDirectories(folder.resolve("cloud")).resolve(cid), "");
            }
            for (String operation : RecordedCall.operations(calls)) {
                knowAs(replayer, "vm-4386e719", "vm-5fe10524");
                knowAs(replayer, "vm-9d6ef0f8", "vm-b74739de");
                assertThat(replayer.replay(RecordedCall.of(calls, operation))).isNotEmpty();
            }
            assertThat(replayer.cids()).containsKey("vm-5fe10524").doesNotContainValue("vm-5fe10524");
        }
    }

    private static void knowAs(Replayer replayer, String recorded, String other) {
        String actual = replayer.cids().get(other);
        if (actual != null) {
            replayer.know(recorded, actual);
        }
    }

    private static @Nullable Object withImage(@Nullable Object arguments, Path image) {
        List<@Nullable Object> adapted = new ArrayList<>((List<?>) java.util.Objects.requireNonNull(arguments));
        adapted.replaceAll(argument -> "<stemcell-tmpdir>/image".equals(argument) ? image.toString() : argument);
        return adapted;
    }
}
