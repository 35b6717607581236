package io.boshcpi.lxd.client.engine;

import io.boshcpi.lxd.client.transport.HttpReply;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The header fields of LXD and Incus, which differ in their prefix. Each server ignores those of the other, so both are
 * sent, and no request is needed to find out which server it is.
 */
public final class Dialect {
    private static final String LXD = "X-LXD-";
    private static final String INCUS = "X-Incus-";

    private Dialect() {}

    /** A map with one field, to which others can be added. */
    public static Map<String, String> header(String name, String value) {
        Map<String, String> headers = new LinkedHashMap<>();
        put(headers, name, value);
        return headers;
    }

    /** Adds a field. */
    public static void put(Map<String, String> headers, String name, String value) {
        headers.put(LXD + name, value);
        headers.put(INCUS + name, value);
    }

    /** The field of an answer; empty if it is missing. */
    public static String header(HttpReply reply, String name) {
        String value = reply.header(LXD + name);
        if (value == null) {
            value = reply.header(INCUS + name);
        }
        return value == null ? "" : value;
    }
}
