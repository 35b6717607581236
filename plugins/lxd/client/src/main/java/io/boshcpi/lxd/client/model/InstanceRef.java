package io.boshcpi.lxd.client.model;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Names an instance in another object's {@code used_by}.
 *
 * @param project {@code "default"} if the server's URL names none
 */
public record InstanceRef(String project, String name) {
    private static final String PREFIX = "/1.0/instances/";

    /** The instances among the URLs; snapshots of instances, profiles, images and others are left out. */
    static List<InstanceRef> among(List<String> urls) {
        List<InstanceRef> instances = new ArrayList<>();
        for (String url : urls) {
            int query = url.indexOf('?');
            String path = query < 0 ? url : url.substring(0, query);
            if (path.startsWith(PREFIX) && path.indexOf('/', PREFIX.length()) < 0) {
                instances.add(new InstanceRef(
                        project(query < 0 ? "" : url.substring(query + 1)), decoded(path.substring(PREFIX.length()))));
            }
        }
        return Collections.unmodifiableList(instances);
    }

    private static String project(String query) {
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith("project=")) {
                return decoded(parameter.substring("project=".length()));
            }
        }
        return "default";
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
