package io.boshcpi.conformance;

import io.boshcpi.conformance.verdict.Verdict;
import io.boshcpi.conformance.verdict.Verdict.Kind;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Tells a person, rule by rule as they are judged. */
final class TextReport {
    private final PrintWriter out;
    private final Narration narration;

    TextReport(PrintWriter out, Narration narration) {
        this.out = out;
        this.narration = narration;
    }

    void print(Judgement judgement) {
        Verdict verdict = judgement.verdict();
        out.printf("%-12s %s%n", verdict.kind().label(), judgement.rule().id());
        if (verdict.kind() == Kind.FAILED) {
            narration.of(judgement.rule(), verdict).forEach(this::print);
        } else if (!verdict.text().isEmpty()) {
            out.printf("%-12s   %s%n", "", narration.shown(verdict.text()));
        }
        out.flush();
    }

    private void print(String name, String text) {
        String first = name + ":";
        for (String line : text.lines().toList()) {
            out.printf("%-12s   %-9s %s%n", "", first, line);
            first = "";
        }
    }

    void print(Report report) {
        for (String left : report.left()) {
            out.println("LEFT BEHIND  " + narration.shown(left));
        }
        List<String> counts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (report.count(kind) > 0) {
                counts.add(report.count(kind) + " " + kind.label());
            }
        }
        if (!report.complete()) {
            counts.add("stopped before the end");
        }
        out.println(report.judgements().size() + " rules: " + String.join(", ", counts));
        out.flush();
    }
}
