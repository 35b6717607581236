package io.boshcpi.distribution.faults;

import io.boshcpi.distribution.faults.FaultMatrix.Result;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The matrix as people read it: a row for each fault, a column for each method, how many requests ended in which way. */
final class MatrixTable {
    private final List<Result> results;

    MatrixTable(List<Result> results) {
        this.results = results;
    }

    /** In Markdown, with the sums below. */
    String markdown() {
        Map<String, Map<Method, List<Result>>> rows = new LinkedHashMap<>();
        for (Result result : results) {
            rows.computeIfAbsent(result.cell().row(), row -> new EnumMap<>(Method.class))
                    .computeIfAbsent(result.cell().method(), method -> new ArrayList<>())
                    .add(result);
        }
        StringBuilder text = new StringBuilder("| Fault |");
        for (Method method : Method.values()) {
            text.append(' ').append(method.title()).append(" |");
        }
        text.append("\n| --- |").append(" --- |".repeat(Method.values().length)).append('\n');
        rows.forEach((row, cells) -> {
            text.append("| ").append(row).append(" |");
            for (Method method : Method.values()) {
                text.append(' ')
                        .append(counts(cells.getOrDefault(method, List.of())))
                        .append(" |");
            }
            text.append('\n');
        });
        return text.append('\n').append(sums()).append('\n').toString();
    }

    private static String counts(List<Result> cell) {
        List<String> counts = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            long count =
                    cell.stream().filter(result -> result.outcome() == outcome).count();
            if (count > 0) {
                counts.add(count + outcome.letter());
            }
        }
        return counts.isEmpty() ? "–" : String.join(" ", counts);
    }

    private String sums() {
        long good = results.stream().filter(result -> result.outcome().isGood()).count();
        return results.size() + " cells: " + counts(results) + "; " + (results.size() - good) + " do not converge.";
    }
}
