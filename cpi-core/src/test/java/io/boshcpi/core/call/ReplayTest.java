package io.boshcpi.core.call;

import io.boshcpi.core.testing.RecordedStory;
import io.boshcpi.core.testing.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Director and a real {@code create-env} sent, made again with the example provider. */
class ReplayTest {
    @TempDir
    private Path folder;

    @Test
    void everyRecordedCallIsAnsweredAsItWas() throws IOException {
        Path image = Files.writeString(folder.resolve("image"), "an image");
        try (TestHost host = TestHost.withExample(folder)) {
            RecordedStory story =
                    new RecordedStory((request, environment) -> host.call(request), (method, arguments) -> {
                        List<Object> adapted = new ArrayList<>(arguments);
                        adapted.replaceAll(
                                argument -> "<stemcell-tmpdir>/image".equals(argument) ? image.toString() : argument);
                        return adapted;
                    });
            story.play();
            story.cleanUp();
        }
    }
}
