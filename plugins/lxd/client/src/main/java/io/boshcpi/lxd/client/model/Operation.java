package io.boshcpi.lxd.client.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A background operation of the server. It vanishes seconds after its end, and with a restart of the server.
 *
 * @param statusCode 100 to 199 while it runs, 200 when it succeeded, 400 when it failed, 401 when it was cancelled
 * @param error why it failed, else empty
 * @param result what it left, such as an image's fingerprint or an exit code
 * @param resources the URLs of what it works on
 */
public record Operation(
        String id, String description, int statusCode, String error, Map<String, ?> result, List<String> resources) {

    /** Stands for one that has ended well and left nothing, or that was not needed. */
    public static Operation none() {
        return new Operation("", "", 200, "", Map.of(), List.of());
    }

    /** Reads the server's JSON. */
    public static Operation of(Map<String, ?> json) {
        Fields fields = new Fields(json);
        List<String> resources = new ArrayList<>();
        Fields byKind = fields.object("resources");
        for (String kind : fields.members("resources").keySet()) {
            resources.addAll(byKind.texts(kind));
        }
        return new Operation(
                fields.text("id"),
                fields.text("description"),
                (int) fields.number("status_code"),
                fields.text("err"),
                fields.members("metadata"),
                Collections.unmodifiableList(resources));
    }

    /** Whether it has not ended yet. */
    public boolean isUnderWay() {
        return statusCode < 200;
    }

    /** Whether it did what was asked. */
    public boolean hasSucceeded() {
        return statusCode == 200;
    }
}
