package io.boshcpi.lxd.client.transport;

import org.apache.hc.core5.http.config.Http1Config;

/** How much of an answer's head is read before it is given up as no answer. */
final class Limits {
    static final Http1Config HTTP = Http1Config.custom()
            .setMaxLineLength(64 << 10)
            .setMaxHeaderCount(200)
            .build();

    private Limits() {}
}
