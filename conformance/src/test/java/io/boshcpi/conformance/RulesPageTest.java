package io.boshcpi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.conformance.rules.Rule;
import io.boshcpi.conformance.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/conformance.md lists the rules of the code. */
class RulesPageTest {
    @Test
    void thePageHasEveryRuleWithTextAndSource() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../docs/conformance.md")).stream()
                .dropWhile(line -> !line.equals("## Rules"))
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows).isEqualTo(Rules.all().stream().map(RulesPageTest::row).toList());
    }

    private static String row(Rule rule) {
        return "| `" + rule.id() + "` | " + rule.text() + " | " + rule.source() + " |";
    }
}
