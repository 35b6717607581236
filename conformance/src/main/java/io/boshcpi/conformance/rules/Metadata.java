package io.boshcpi.conformance.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What BOSH says of its objects. */
final class Metadata {
    private static final String ID = "3b5f7b54-6c5e-4c4b-8f0c-5f8f7a8c7b11";

    private Metadata() {}

    /** What the Director sends right after {@code create_vm}. */
    static Map<String, Object> ofVm() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("director", "conformance");
        metadata.put("deployment", "kit");
        metadata.put("id", ID);
        metadata.put("job", "probe");
        metadata.put("instance_group", "probe");
        metadata.put("index", "0");
        metadata.put("name", "probe/" + ID);
        metadata.put("created_at", "2026-08-01T09:12:44Z");
        return metadata;
    }

    /** What the Director sends after {@code attach_disk}. */
    static Map<String, Object> ofDisk() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("director", "conformance");
        metadata.put("deployment", "kit");
        metadata.put("instance_id", ID);
        metadata.put("instance_index", "0");
        metadata.put("instance_group", "probe");
        metadata.put("attached_at", "2026-08-01T09:13:20Z");
        return metadata;
    }

    /** What the Director sends with {@code snapshot_disk}, where the index is a number. */
    static Map<String, Object> ofSnapshot() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("deployment", "kit");
        metadata.put("job", "probe");
        metadata.put("index", 0);
        metadata.put("director_name", "conformance");
        metadata.put("director_uuid", "1f4a0ac2-3c0f-4c4c-9a0e-6f1a4d8f3b11");
        metadata.put("agent_id", "9a1c2f2e-0f4e-4a5b-9d64-3f1a7b2c9d10");
        metadata.put("instance_id", ID);
        return metadata;
    }

    /** Tags that come from YAML as an operator wrote it. */
    static Map<String, @Nullable Object> odd() {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(ofVm());
        metadata.put("number", 42);
        metadata.put("boolean", true);
        metadata.put("nothing", null);
        metadata.put("empty", "");
        metadata.put("Cost Center/EU:1", "Zürich, 東京");
        metadata.put("long", "x".repeat(300));
        return metadata;
    }
}
