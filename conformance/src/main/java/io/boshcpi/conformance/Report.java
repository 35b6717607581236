package io.boshcpi.conformance;

import io.boshcpi.conformance.verdict.Verdict.Kind;
import java.util.List;

/**
 * What a run found.
 *
 * @param left what could not be removed from the cloud, and why
 * @param complete whether every chosen rule had its turn
 */
record Report(List<Judgement> judgements, List<String> left, boolean complete) {
    long count(Kind kind) {
        return judgements.stream()
                .filter(judgement -> judgement.verdict().kind() == kind)
                .count();
    }

    /** Whether the CPI keeps all rules that it was held to. */
    boolean passed() {
        return complete
                && left.isEmpty()
                && judgements.stream()
                        .noneMatch(judgement -> judgement.verdict().kind().isBad());
    }
}
