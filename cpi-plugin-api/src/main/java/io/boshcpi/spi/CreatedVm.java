package io.boshcpi.spi;

import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code create_vm}.
 *
 * @param cid the new VM
 * @param networks name to settings, as the agent was told them
 */
@API(status = API.Status.STABLE, since = "1.0")
public record CreatedVm(VmCid cid, Map<String, Map<String, @Nullable Object>> networks) {}
