package io.boshcpi.lxd.fake.server;

import org.jspecify.annotations.Nullable;

/**
 * The sender of a request.
 *
 * @param local over the Unix socket, which is trusted without more
 * @param fingerprint SHA-256 of the client's certificate over HTTPS, null without one
 */
public record Peer(boolean local, @Nullable String fingerprint) {}
