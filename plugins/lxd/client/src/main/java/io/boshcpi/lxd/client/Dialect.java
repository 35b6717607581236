package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.transport.HttpReply;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The header fields of LXD and of Incus, which differ in their prefix. A server ignores the other's without a word, so both are
 * sent, and no request is needed to find out which server it is.
 */
final class Dialect {
    private static final String LXD = "X-LXD-";
    private static final String INCUS = "X-Incus-";

    private Dialect() {}

    static Map<String, String> header(String name, String value) {
        Map<String, String> headers = new LinkedHashMap<>();
        put(headers, name, value);
        return headers;
    }

    static void put(Map<String, String> headers, String name, String value) {
        headers.put(LXD + name, value);
        headers.put(INCUS + name, value);
    }

    /** Empty if the answer has neither. */
    static String header(HttpReply reply, String name) {
        String value = reply.header(LXD + name);
        if (value == null) {
            value = reply.header(INCUS + name);
        }
        return value == null ? "" : value;
    }
}
