package io.boshcpi.conformance;

import io.boshcpi.conformance.cloud.World;
import io.boshcpi.conformance.rules.Rule;
import io.boshcpi.conformance.verdict.Verdict;
import io.boshcpi.conformance.verdict.Verdict.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Judges a CPI by rules, one after the other, and leaves its cloud as it was. */
final class Kit {
    private final World world;
    private final StoppableCpi cpi;

    /** Takes the world and the CPI at its bottom. */
    Kit(World world, StoppableCpi cpi) {
        this.world = world;
        this.cpi = cpi;
    }

    /** Judges the rules, tells of each at once, and cleans up whatever happens. */
    Report run(List<Rule> rules, Consumer<Judgement> listener) {
        List<Judgement> judgements = new ArrayList<>();
        List<String> left;
        try {
            for (Rule rule : rules) {
                Judgement judgement = judge(rule);
                judgements.add(judgement);
                listener.accept(judgement);
            }
        } catch (StoppableCpi.StoppedException e) {
            // The rules that are missing in the report say so.
        } finally {
            cpi.beginCleanUp();
            left = world.callers().cleanUp();
        }
        return new Report(judgements, left, judgements.size() == rules.size());
    }

    private Judgement judge(Rule rule) {
        long start = System.nanoTime();
        Verdict verdict;
        try {
            verdict = rule.judge(world);
        } catch (StoppableCpi.StoppedException e) {
            throw e;
        } catch (RuntimeException e) {
            verdict = new Verdict(Kind.NOT_JUDGED, "the kit itself failed: " + e, null);
        }
        return new Judgement(rule, verdict, Duration.ofNanos(System.nanoTime() - start));
    }
}
