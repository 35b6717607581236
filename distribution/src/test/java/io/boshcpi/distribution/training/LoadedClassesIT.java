package io.boshcpi.distribution.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.distribution.training.ColdCalls.Loaded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cold calls load, each in a JVM of its own with the archive of classes, stays within {@code loaded-classes.txt}. */
@Tag("distribution")
class LoadedClassesIT {
    private static final int BASELINE = 17;
    private static final double TOLERANCE = 1.03;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static ColdCalls calls;

    @BeforeAll
    static void makeCalls() throws Exception {
        calls = ColdCalls.make(Path.of("target/cpi").toAbsolutePath(), folder);
    }

    private static List<String[]> lines(String kind) throws IOException {
        List<String[]> lines = new ArrayList<>();
        try (InputStream file = LoadedClassesIT.class.getResourceAsStream("/loaded-classes.txt")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            text.lines().filter(line -> line.startsWith(kind + " ")).forEach(line -> lines.add(line.split(" +", -1)));
        }
        return lines;
    }

    /** Other versions of the JDK need other classes for the same. */
    @Test
    void eachMethodStaysWithinItsBudget() throws IOException {
        Map<String, Loaded> budgets = new LinkedHashMap<>();
        for (String[] line : lines("budget")) {
            budgets.put(line[1], new Loaded(Integer.parseInt(line[2]), Integer.parseInt(line[3])));
        }
        Map<String, Loaded> actual = calls.most();

        assertThat(actual.keySet()).as("methods of loaded-classes.txt").isEqualTo(budgets.keySet());
        if (Runtime.version().feature() == BASELINE) {
            List<String> over = new ArrayList<>();
            actual.forEach((method, loaded) -> {
                Loaded budget = Objects.requireNonNull(budgets.get(method));
                if (loaded.classes() > budget.classes() * TOLERANCE || loaded.lambdas() > budget.lambdas()) {
                    over.add(method + " loads " + loaded + " instead of " + budget);
                }
            });
            assertThat(over)
                    .as("calls over their budget; all figures:\n%s", table(actual))
                    .isEmpty();
        }
    }

    private static String table(Map<String, Loaded> actual) {
        StringBuilder table = new StringBuilder();
        actual.forEach((method, loaded) ->
                table.append(String.format("budget %-30s %5d %3d%n", method, loaded.classes(), loaded.lambdas())));
        return table.toString();
    }

    @Test
    void noMethodLoadsWhatOnlyPeopleAndPluginsNeed() throws IOException {
        List<String> found = new ArrayList<>();
        for (String[] line : lines("never")) {
            Set<String> except = Set.of(line);
            calls.classes()
                    .forEach((method, classes) -> classes.stream()
                            .filter(name -> name.startsWith(line[1]) && !except.contains(method))
                            .forEach(name -> found.add(method + " loads " + name)));
        }
        assertThat(found).isEmpty();
    }
}
