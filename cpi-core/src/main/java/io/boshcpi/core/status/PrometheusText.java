package io.boshcpi.core.status;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes the text format of Prometheus, version 0.0.4: for each metric HELP and TYPE, and then its samples, one a line.
 */
final class PrometheusText {
    private final StringBuilder text = new StringBuilder();
    private final List<String> common;

    /**
     * A text without metrics.
     *
     * @param common names and values, in turn, of the labels that every sample has
     */
    PrometheusText(String... common) {
        this.common = List.of(common);
    }

    /** Begins a metric, whose samples follow. */
    void metric(String name, String type, String help) {
        text.append("# HELP ")
                .append(name)
                .append(' ')
                .append(escaped(help, false))
                .append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** Writes a sample. */
    void sample(String name, Number value, String... labels) {
        List<String> all = new ArrayList<>(common);
        all.addAll(List.of(labels));
        text.append(name);
        for (int i = 0; i < all.size(); i += 2) {
            text.append(i == 0 ? '{' : ',').append(all.get(i)).append("=\"");
            text.append(escaped(all.get(i + 1), true)).append('"');
        }
        text.append(all.isEmpty() ? " " : "} ").append(number(value)).append('\n');
    }

    /** Writes a metric that has one sample. */
    void gauge(String name, String help, Number value, String... labels) {
        metric(name, "gauge", help);
        sample(name, value, labels);
    }

    /** Writes the samples of a histogram of seconds, whose buckets are cumulative. */
    void histogram(String name, Latency.Snapshot latency, String... labels) {
        long cumulative = 0;
        for (int i = 0; i < latency.counts().size(); i++) {
            cumulative += latency.counts().get(i);
            String bound = i < Latency.BOUNDS.size() ? number(Latency.BOUNDS.get(i)) : "+Inf";
            List<String> bucket = new ArrayList<>(List.of(labels));
            bucket.addAll(List.of("le", bound));
            sample(name + "_bucket", cumulative, bucket.toArray(String[]::new));
        }
        sample(name + "_sum", latency.sum(), labels);
        sample(name + "_count", cumulative, labels);
    }

    /** A whole number without a fraction, as counters are usually written. */
    private static String number(Number value) {
        double number = value.doubleValue();
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
        return whole ? Long.toString(value.longValue()) : value.toString();
    }

    private static String escaped(String value, boolean quoted) {
        String escaped = value.replace("\\", "\\\\").replace("\n", "\\n");
        return quoted ? escaped.replace("\"", "\\\"") : escaped;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
