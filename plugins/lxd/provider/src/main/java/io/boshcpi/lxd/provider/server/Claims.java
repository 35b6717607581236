package io.boshcpi.lxd.provider.server;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ProviderContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pf4j.ExtensionPoint;

/** Which extension serves what. A second one for the same thing is a conflict, told with both. */
final class Claims<T extends ExtensionPoint> {
    private final ProviderContext context;
    private final Map<String, T> owners = new LinkedHashMap<>();
    private final List<String> conflicts = new ArrayList<>();

    Claims(ProviderContext context) {
        this.context = context;
    }

    /**
     * Gives a thing to an extension, unless another one has it.
     *
     * @param what the thing in words
     */
    void claim(String what, String key, T claimant) {
        T other = owners.putIfAbsent(key, claimant);
        if (other != null && other != claimant) {
            refuse("Two plugins claim " + what + ": " + context.origin(other) + " and " + context.origin(claimant));
        }
    }

    /** Notes a conflict. */
    void refuse(String conflict) {
        conflicts.add(conflict);
    }

    /** Takes over the conflicts of other claims. */
    void refuseAll(Claims<?> others) {
        conflicts.addAll(others.conflicts);
    }

    List<String> conflicts() {
        return conflicts;
    }

    /**
     * The extensions by what they serve.
     *
     * @throws CpiException if there is a conflict
     */
    Map<String, T> settled() {
        if (!conflicts.isEmpty()) {
            throw CpiException.badRequest(conflicts.get(0));
        }
        return owners;
    }
}
