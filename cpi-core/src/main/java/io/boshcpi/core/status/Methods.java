package io.boshcpi.core.status;

import io.boshcpi.spi.ErrorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums of the calls that have ended. */
final class Methods {
    private Methods() {}

    /**
     * The calls of one method.
     *
     * @param latency of all of them
     * @param errors how many failed
     */
    record Total(Latency.Snapshot latency, long errors) {
        Total plus(Total other) {
            return new Total(latency.plus(other.latency), errors + other.errors);
        }
    }

    /** The calls by method. */
    static Map<String, Total> byMethod(List<HostStatus.EndedCalls> ended) {
        Map<String, Total> totals = new TreeMap<>();
        for (HostStatus.EndedCalls calls : ended) {
            Latency.Snapshot latency = calls.latency();
            totals.merge(calls.method(), new Total(latency, calls.error() == null ? 0 : latency.count()), Total::plus);
        }
        return totals;
    }

    /** The calls that failed by the type of the error, as it stands in responses. */
    static Map<String, Long> byError(List<HostStatus.EndedCalls> ended) {
        Map<String, Long> totals = new TreeMap<>();
        for (HostStatus.EndedCalls calls : ended) {
            ErrorType error = calls.error();
            if (error != null) {
                totals.merge(error.wireName(), calls.latency().count(), Long::sum);
            }
        }
        return totals;
    }

    /** The refusals that happened, by their reason. */
    static Map<String, Long> happened(Map<Refusal, Long> refused) {
        Map<String, Long> happened = new LinkedHashMap<>();
        refused.forEach((reason, count) -> {
            if (count > 0) {
                happened.put(reason.label(), count);
            }
        });
        return happened;
    }
}
