package io.boshcpi.lxd.provider.server;

import java.util.Optional;

/**
 * Who creates an object, and when.
 *
 * @param directorUuid the Director, unless the call comes from the CLI
 * @param createdAt in UTC, to the second
 */
public record Origin(Optional<String> directorUuid, String createdAt) {}
