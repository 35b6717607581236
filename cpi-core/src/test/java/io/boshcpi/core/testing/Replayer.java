package io.boshcpi.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.testing.TestHost.Answer;
import io.boshcpi.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes recorded calls again. CIDs are the recording CPI's own, so each one in a recorded response is remembered with
 * the one that this CPI returned in its place, and replaced in the requests that follow.
 */
public final class Replayer {
    /** Sends a request to a CPI. */
    public interface Cpi {
        /** The answer to a request, made with that environment. */
        Answer call(String request, Map<String, String> environment);
    }

    /** Fits a recorded request to the cloud at hand: image paths, cloud properties, addresses. */
    public interface Adaption {
        /** The arguments that take the place of those in the request. */
        List<@Nullable Object> adapt(String method, List<@Nullable Object> arguments);
    }

    private final Cpi cpi;
    private final Adaption adaption;
    private final Map<String, String> actualCids = new HashMap<>();

    /** A replayer that knows no CID yet. */
    public Replayer(Cpi cpi, Adaption adaption) {
        this.cpi = cpi;
        this.adaption = adaption;
    }

    /** Tells which object stands for one that was made before the recording began. */
    public Replayer know(String recordedCid, String actualCid) {
        actualCids.put(recordedCid, actualCid);
        return this;
    }

    /** The CIDs of this CPI that are known to stand for recorded ones. */
    public Map<String, String> cids() {
        return actualCids;
    }

    /** Makes the calls; what succeeded when it was recorded must succeed. */
    public List<Answer> replay(List<RecordedCall> calls) {
        List<Answer> answers = new ArrayList<>();
        for (RecordedCall call : calls) {
            Answer answer = cpi.call(Json.write(adapted(call)), call.environment());
            if (call.response().get("error") == null) {
                assertThat(answer.response().get("error"))
                        .as("the error of %s, which succeeded when it was recorded", call.method())
                        .isNull();
            }
            if (call.response().get("result") instanceof Boolean known) {
                assertThat(answer.result())
                        .as("the result of %s", call.method())
                        .isEqualTo(known);
            }
            learn(call.response().get("result"), answer.response().get("result"));
            answers.add(answer);
        }
        return answers;
    }

    private Map<String, @Nullable Object> adapted(RecordedCall call) {
        Map<String, @Nullable Object> request = new LinkedHashMap<>(call.request());
        request.put("arguments", adaption.adapt(call.method(), withActualCids(call.arguments())));
        return request;
    }

    private List<@Nullable Object> withActualCids(List<?> list) {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(element -> copy.add(withActualCid(element)));
        return copy;
    }

    private @Nullable Object withActualCid(@Nullable Object value) {
        if (value instanceof String text) {
            return actualCids.getOrDefault(text, text);
        } else if (value instanceof List<?> list) {
            return withActualCids(list);
        } else if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(String.valueOf(key), withActualCid(element)));
            return copy;
        }
        return value;
    }

    private void learn(@Nullable Object recorded, @Nullable Object actual) {
        if (recorded instanceof String cid && actual instanceof String actualCid) {
            actualCids.put(cid, actualCid);
        } else if (recorded instanceof List<?> pair && actual instanceof List<?> actualPair && !pair.isEmpty()) {
            learn(pair.get(0), actualPair.get(0)); // create_vm: the CID, then the networks
        }
    }
}
