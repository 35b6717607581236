package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The code on the way of a call, as it is packaged, does nothing that makes a cold start slow. */
@Tag("distribution")
class HotPathIT {
    @Test
    void theByteCodeKeepsTheRules() throws IOException {
        HotPath.Findings findings = HotPath.read().check(CpiProcess.distribution());

        assertThat(findings.classes()).isGreaterThan(200);
        assertThat(findings.violations())
                .as("code against the rules of hot-path.txt")
                .isEmpty();
        assertThat(findings.unusedRules())
                .as("rules of hot-path.txt that nothing needs any more")
                .isEmpty();
    }
}
