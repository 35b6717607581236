package io.boshcpi.spi;

import java.util.Optional;
import org.apiguardian.api.API;

/**
 * One call of a Director or of the CLI: who makes it, and by when it must be answered.
 *
 * @param requestId the Director's {@code context.request_id}, or one made up for the CLI, which sends none
 * @param directorUuid who owns what the call makes; the mark by which leftovers are found
 * @param deadline when to give up
 */
@API(status = API.Status.STABLE, since = "1.0")
public record Call(String requestId, Optional<String> directorUuid, Deadline deadline) {}
