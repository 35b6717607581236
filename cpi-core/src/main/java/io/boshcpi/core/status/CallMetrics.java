package io.boshcpi.core.status;

import io.boshcpi.core.action.Actions;
import io.boshcpi.spi.ErrorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts and measures the calls of a host, and knows those under way.
 *
 * <p>The memory is bounded: there is a histogram for each method of the contract and each type of error at most, and all
 * other methods count as one.
 */
public final class CallMetrics {
    /** The name that OpenTelemetry gives to a method that is not known. */
    static final String OTHER = "_OTHER";

    private final ConcurrentMap<Outcome, Latency> latencies = new ConcurrentHashMap<>();
    private final Set<CallUnderWay> underWay = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<Refusal, LongAdder> refusals = new ConcurrentHashMap<>();

    /** How calls of a method ended: with an error of that type, or well. */
    private record Outcome(String method, @Nullable ErrorType error) {}

    /** The name under which calls of a method are counted. */
    static String counted(String method) {
        return Actions.named(method) == null ? OTHER : method;
    }

    /** Begins a call. */
    public void begin(CallUnderWay call) {
        underWay.add(call);
    }

    /**
     * Ends a call.
     *
     * @param error why it failed; {@code null} if it succeeded
     */
    public void end(CallUnderWay call, @Nullable ErrorType error) {
        underWay.remove(call);
        record(call.method(), error, System.nanoTime() - call.sinceNanos());
    }

    void record(String method, @Nullable ErrorType error, long nanos) {
        latencies
                .computeIfAbsent(new Outcome(method, error), outcome -> new Latency())
                .record(nanos);
    }

    /** Counts a call that was refused. */
    public void refuse(Refusal reason) {
        refusals.computeIfAbsent(reason, counted -> new LongAdder()).increment();
    }

    /** The calls that were refused, for all reasons. */
    Map<Refusal, Long> refused() {
        Map<Refusal, Long> refused = new EnumMap<>(Refusal.class);
        for (Refusal reason : Refusal.values()) {
            LongAdder count = refusals.get(reason);
            refused.put(reason, count == null ? 0 : count.sum());
        }
        return refused;
    }

    /** The calls under way, those that have lasted longest first. */
    List<HostStatus.RunningCall> running() {
        long now = System.nanoTime();
        return underWay.stream()
                .map(call ->
                        new HostStatus.RunningCall(call.method(), call.requestId(), (now - call.sinceNanos()) / 1e9))
                .sorted(Comparator.comparingDouble(HostStatus.RunningCall::seconds)
                        .reversed())
                .toList();
    }

    /** The calls that have ended, by method and type of error. */
    List<HostStatus.EndedCalls> ended() {
        List<HostStatus.EndedCalls> ended = new ArrayList<>();
        latencies.forEach((outcome, latency) ->
                ended.add(new HostStatus.EndedCalls(outcome.method(), outcome.error(), latency.snapshot())));
        ended.sort(Comparator.comparing(HostStatus.EndedCalls::method)
                .thenComparing(
                        calls -> calls.error() == null ? "" : calls.error().wireName()));
        return ended;
    }
}
