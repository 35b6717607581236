package io.boshcpi.spi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What the agent in a new VM is to be told: the request's part and the part that the operator configured. Full of
 * secrets; it goes into the VM and nowhere else.
 *
 * @param agentId the ID that the agent reports itself under
 * @param mbus the message bus of agents whose {@code env} names none
 * @param blobstore {@code provider} and {@code options} of the blobstore for agents whose {@code env} names none
 * @param ntp time servers for agents whose {@code env} names none
 * @param env the request's {@code env}, to be delivered as it is
 */
@API(status = API.Status.STABLE, since = "1.0")
public record AgentSettings(
        AgentId agentId,
        Optional<Secret> mbus,
        Map<String, @Nullable Object> blobstore,
        List<String> ntp,
        Map<String, @Nullable Object> env) {

    /**
     * The settings document that the agent reads.
     *
     * @param vm becomes {@code vm.name}
     * @param networks name to settings, enriched by the provider (such as {@code mac}, {@code preconfigured})
     * @param ephemeralDisk how the agent finds the ephemeral disk, if it has to do something about it
     */
    public Map<String, @Nullable Object> document(
            VmCid vm, Map<String, Map<String, @Nullable Object>> networks, Optional<DiskHint> ephemeralDisk) {
        Map<String, @Nullable Object> disks = new LinkedHashMap<>();
        disks.put("system", ""); // A hash here would make the whole document unreadable for the agent.
        ephemeralDisk.ifPresent(hint -> disks.put("ephemeral", hint.path()));
        disks.put("persistent", Map.of()); // An entry here can stop the boot: the Director tells the agent instead.

        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("agent_id", agentId.value());
        document.put("vm", Map.of("name", vm.value(), "id", vm.value()));
        document.put("mbus", mbus.map(Secret::value).orElse(""));
        document.put("ntp", ntp);
        document.put("blobstore", blobstore);
        document.put("networks", networks);
        document.put("disks", disks);
        document.put("env", env);
        return document;
    }

    /** The tags in {@code env.bosh.tags}, values as strings; empty if there are none. */
    public Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        if (env.get("bosh") instanceof Map<?, ?> bosh && bosh.get("tags") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> tags.put(String.valueOf(key), value == null ? "" : String.valueOf(value)));
        }
        return tags;
    }

    /** Shows the agent ID only. */
    @Override
    public String toString() {
        return "AgentSettings[" + agentId + "]";
    }
}
