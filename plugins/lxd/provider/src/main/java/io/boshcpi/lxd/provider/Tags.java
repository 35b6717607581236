package io.boshcpi.lxd.provider;

import io.boshcpi.spi.Call;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code user.bosh.*} marks that every object of this CPI carries from its first moment, and by which leftovers are
 * found. The CPI's own marks come first; what BOSH calls metadata and tags follows under {@code user.bosh.metadata.}.
 */
final class Tags {
    /** What the object is: one of the {@code KIND_*} values. */
    static final String KIND = "user.bosh.kind";

    static final String KIND_VM = "vm";
    static final String KIND_EPHEMERAL_DISK = "ephemeral-disk";
    static final String KIND_PERSISTENT_DISK = "persistent-disk";
    static final String KIND_STEMCELL = "stemcell";

    /** {@code creating} until the Director is known to have the CID, then {@code ready}. */
    static final String STATE = "user.bosh.state";

    static final String STATE_CREATING = "creating";
    static final String STATE_READY = "ready";

    static final String DIRECTOR = "user.bosh.director";
    static final String AGENT = "user.bosh.agent";
    static final String CREATED_AT = "user.bosh.created_at";
    /** The VM that an ephemeral disk belongs to. */
    static final String VM = "user.bosh.vm";
    /** The size of a disk in MiB. */
    static final String SIZE = "user.bosh.size_mib";

    private static final String METADATA = "user.bosh.metadata.";

    private Tags() {}

    /** The marks of a new object. */
    static Map<String, String> of(String kind, Call call, String createdAt) {
        Map<String, String> tags = new TreeMap<>();
        tags.put(KIND, kind);
        tags.put(STATE, STATE_CREATING);
        tags.put(CREATED_AT, createdAt);
        call.directorUuid().ifPresent(uuid -> tags.put(DIRECTOR, uuid));
        return tags;
    }

    /** Metadata as configuration keys. The servers take any characters in them. */
    static Map<String, String> ofMetadata(Map<String, String> metadata) {
        Map<String, String> tags = new TreeMap<>();
        metadata.forEach((key, value) -> tags.put(METADATA + key, value));
        return tags;
    }
}
