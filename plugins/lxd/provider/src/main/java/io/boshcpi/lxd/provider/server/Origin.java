package io.boshcpi.lxd.provider.server;

import java.util.Optional;

/**
 * The creator of an object, and the time.
 *
 * @param directorUuid the Director, unless the call comes from the CLI
 * @param createdAt in UTC, to the second
 */
public record Origin(Optional<String> directorUuid, String createdAt) {}
