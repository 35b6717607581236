package io.boshcpi.conformance;

import io.boshcpi.conformance.cloud.Settings;
import io.boshcpi.conformance.cloud.Stemcell;
import io.boshcpi.conformance.cloud.World;
import io.boshcpi.conformance.rules.Rules;
import io.boshcpi.conformance.verdict.Verdict.Kind;
import io.boshcpi.conformance.wire.Cpi;
import io.boshcpi.conformance.wire.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Puts a CPI on the bench: a world with everything that rules need. */
final class Bench {
    private static final Map<String, ?> NETWORK = Map.of(
            "range", "10.0.0.0/24", "gateway", "10.0.0.1", "addresses", List.of("10.0.0.20-10.0.0.99", "10.0.0.101"));

    static final Map<String, ?> PROPERTIES = Map.of(
            "vm", Map.of("cpu", 1),
            "network", NETWORK,
            "second_network", Map.of("range", "10.0.1.0/24", "gateway", "10.0.1.1", "addresses", List.of("10.0.1.20")),
            "managed_network", Map.of("type", "manual", "range", "10.8.0.0/24"),
            "wrong_context", Map.of("unreachable", Map.of()));

    private final Secrets secrets = new Secrets();
    private final StoppableCpi cpi;
    private final World world;

    Bench(Cpi cpi, Path folder) throws IOException {
        Path image = Files.writeString(folder.resolve("image"), "an image");
        Stemcell full = new Stemcell(image, Map.of("name", "memory"), 3, List.of("memory-tar"));
        Stemcell light = new Stemcell(image, Map.of("image_reference", "x"), 3, List.of("memory-light"));
        secrets.addConfiguration(Map.of("cloud", Map.of("password", FaultyCpi.CONFIGURED_SECRET)));
        this.cpi = new StoppableCpi(cpi);
        this.world = World.of(this.cpi, Settings.of(PROPERTIES), secrets, full, light);
    }

    Report run() {
        return new Kit(world, cpi).run(Rules.all(), judgement -> {});
    }

    Narration narration() {
        return new Narration(secrets);
    }

    static Set<String> rules(Report report, Kind kind) {
        Set<String> ids = new TreeSet<>();
        for (Judgement judgement : report.judgements()) {
            if (judgement.verdict().kind() == kind) {
                ids.add(judgement.rule().id());
            }
        }
        return ids;
    }
}
