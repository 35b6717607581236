package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.client.transport.HttpBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Requests and answers as lines that two servers can be compared by: without times, ids and figures of the moment. */
final class Transcript {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern TIME = Pattern.compile("20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SERVER_PATH = Pattern.compile("(lstat|Failed to run: \\S+).*");

    /** Differ from moment to moment, or are the business of a guest that FakeLxd does not have. */
    private static final Set<String> OF_THE_MOMENT = Set.of(
            "addresses",
            "counters",
            "pid",
            "processes",
            "usage",
            "usage_peak",
            "swap_usage_peak",
            "total",
            "host_name",
            "container_progress",
            "progress",
            "create_instance_from_image_unpack_progress",
            "allocated_time",
            "used",
            "id",
            "used_by_count",
            "created_at",
            "updated_at",
            "output",
            "ETag",
            "status_code");

    /** Tell how far an operation has got when it is accepted: a quick one may have ended already, on a busy machine. */
    private static final Set<String> OF_A_RUNNING_OPERATION = Set.of("status", "err", "metadata", "may_cancel");

    private final Wire wire;
    private final String name;
    private final List<String> lines = new ArrayList<>();

    Transcript(Wire wire, String name) {
        this.wire = wire;
        this.name = name;
    }

    List<String> lines() {
        return lines;
    }

    void get(String target) {
        record("GET", target, wire.get(target));
    }

    /** Compares the status alone: what else a server says of an instance differs under load, such as {@code disk}. */
    void status(String target) {
        Wire.Answer answer = wire.get(target);
        lines.add("GET " + target.replace(name, "NAME") + " -> " + answer.status() + " "
                + answer.object().get("status"));
    }

    void delete(String target) {
        record("DELETE", target, wire.delete(target));
    }

    void send(String method, String target, Map<String, Object> json) {
        record(method, target, wire.send(method, target, json));
    }

    void send(String method, String target, Map<String, String> headers, @Nullable HttpBody body) {
        record(method, target, wire.send(method, target, headers, body));
    }

    private void record(String method, String target, Wire.Answer answer) {
        String line = lines.size() + ". " + method + " " + target.replace(name, "NAME") + " -> ";
        if (answer.operation().isEmpty()) {
            line += line(answer);
        } else {
            line += line(answer, OF_A_RUNNING_OPERATION) + " -> " + line(wire.await(answer));
        }
        lines.add(line);
    }

    private String line(Wire.Answer answer) {
        return line(answer, Set.of());
    }

    private String line(Wire.Answer answer, Set<String> ofTheOperation) {
        Map<String, Object> body = new TreeMap<>(answer.body());
        if (body.get("metadata") instanceof Map<?, ?> operation) {
            Map<Object, Object> lasting = new TreeMap<>(operation);
            lasting.keySet().removeAll(ofTheOperation);
            body.put("metadata", lasting);
        }
        body.putAll(new TreeMap<>(answer.headers()));
        String text = answer.status() + " " + cleaned(body);
        text = UUID.matcher(text).replaceAll("UUID");
        text = HASH.matcher(text).replaceAll("HASH");
        text = TIME.matcher(text).replaceAll("TIME");
        text = SERVER_PATH.matcher(text).replaceAll("$1 ...");
        return text.replace(name, "NAME").replace("\"d2\": More", "\"d1\": More");
    }

    private static Object cleaned(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> cleaned = new TreeMap<>();
            map.forEach((key, inner) -> {
                String text = String.valueOf(key);
                if (!OF_THE_MOMENT.contains(text) && !text.startsWith("volatile.")) {
                    cleaned.put(text, cleaned(inner));
                }
            });
            return cleaned.isEmpty() ? "null" : cleaned;
        }
        if (value instanceof List<?> list) {
            List<Object> cleaned = new ArrayList<>();
            list.forEach(item -> cleaned.add(cleaned(item)));
            return cleaned;
        }
        return value == null ? "null" : value;
    }
}
