package io.boshcpi.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text format of Prometheus as strictly as its parsers do together: what each of them refuses, this one does.
 *
 * @param types of the metrics
 * @param samples by name and labels, as {@code name{label="value",...}}, the labels in the order of the text
 */
public record Exposition(Map<String, String> types, Map<String, Double> samples) {
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

    /** Reads a text and checks what holds for each metric. */
    public static Exposition parse(String text) {
        assertThat(text).endsWith("\n").doesNotContain("\n\n");
        Exposition exposition = new Exposition(new LinkedHashMap<>(), new LinkedHashMap<>());
        Set<String> helped = new HashSet<>();
        String metric = "";
        for (String line : text.lines().toList()) {
            Matcher comment = COMMENT.matcher(line);
            if (line.startsWith("#")) {
                assertThat(comment.matches()).as(line).isTrue();
                metric = comment.group(2);
                if (comment.group(1).equals("HELP")) {
                    assertThat(helped.add(metric)).as("one HELP for " + metric).isTrue();
                } else {
                    assertThat(helped).contains(metric);
                    assertThat(comment.group(3)).isIn("counter", "gauge", "histogram");
                    assertThat(exposition.types.put(metric, comment.group(3))).isNull();
                }
            } else {
                exposition.add(metric, line);
            }
        }
        exposition.checkHistograms();
        return exposition;
    }

    private void add(String metric, String line) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        String type = String.valueOf(types.get(metric));
        String name = sample.group(1);
        List<String> names = type.equals("histogram")
                ? List.of(metric + "_bucket", metric + "_sum", metric + "_count")
                : List.of(metric);
        assertThat(names).as("the samples of a metric follow its TYPE").contains(name);
        assertThat(metric.endsWith("_total")).as(metric).isEqualTo(type.equals("counter"));
        checkLabels(sample.group(2));
        double value = Double.parseDouble(sample.group(3));
        assertThat(samples.put(sample.group(1) + "{" + sample.group(2) + "}", value))
                .as(line)
                .isNull();
    }

    private static void checkLabels(String labels) {
        Matcher label = LABEL.matcher(labels);
        List<String> names = new ArrayList<>();
        int end = 0;
        while (label.find() && label.start() == end) {
            names.add(label.group(1));
            end = label.end();
        }
        assertThat(end).as(labels).isEqualTo(labels.length());
        assertThat(names).doesNotHaveDuplicates();
    }

    /** The buckets of a histogram grow with their bounds, and the last one has all. */
    private void checkHistograms() {
        double before = 0;
        double bound = Double.NEGATIVE_INFINITY;
        for (Map.Entry<String, Double> sample : samples.entrySet()) {
            Matcher le = Pattern.compile(",le=\"([^\"]+)\"}$").matcher(sample.getKey());
            if (!le.find()) {
                continue;
            }
            double next = le.group(1).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le.group(1));
            assertThat(next).isGreaterThan(bound);
            assertThat(sample.getValue()).isGreaterThanOrEqualTo(before);
            before = sample.getValue();
            bound = next;
            if (next == Double.POSITIVE_INFINITY) {
                String count = sample.getKey().replace("_bucket{", "_count{").replace(",le=\"+Inf\"}", "}");
                assertThat(samples).containsEntry(count, sample.getValue());
                before = 0;
                bound = Double.NEGATIVE_INFINITY;
            }
        }
        assertThat(bound).as("each histogram ends with +Inf").isEqualTo(Double.NEGATIVE_INFINITY);
    }

    /** The value of the one sample of that name whose labels include these. */
    public double value(String name, String... labels) {
        return samples.entrySet().stream()
                .filter(sample -> sample.getKey().startsWith(name + "{"))
                .filter(sample -> List.of(labels).stream().allMatch(sample.getKey()::contains))
                .reduce((one, other) -> {
                    throw new AssertionError(one + " and " + other);
                })
                .orElseThrow(() -> new AssertionError(name + " is not in " + samples.keySet()))
                .getValue();
    }
}
