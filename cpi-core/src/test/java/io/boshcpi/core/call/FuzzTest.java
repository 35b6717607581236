package io.boshcpi.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.testing.Mutations;
import io.boshcpi.core.testing.TestHost;
import io.boshcpi.core.testing.TestHost.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes in: one well-formed response goes out, and no secret. */
class FuzzTest {
    private static final int REQUESTS = 10_000;

    @TempDir
    private Path folder;

    @Test
    void tenThousandMutatedRequestsGetOneResponseEachAndNoSecretComesOut() {
        Mutations mutations = new Mutations(20261122);
        try (TestHost host = TestHost.withExample(folder)) {
            for (int i = 0; i < REQUESTS; i++) {
                byte[] request = mutations.next();
                Answer answer = host.callAgain(request);
                assertThat(mutations.secretsIn(answer.stdout() + answer.stderr()))
                        .as("secrets in the output of mutation %s", i)
                        .isEmpty();
            }
        }
    }
}
