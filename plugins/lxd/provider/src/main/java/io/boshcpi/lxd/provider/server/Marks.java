package io.boshcpi.lxd.provider.server;

import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code user.bosh.*} keys in the configuration of every object of this CPI, present from its first moment.
 *
 * <p>Marks are the CPI's own bookkeeping, by which it recognizes what it created and finds leftovers. Metadata is what
 * BOSH sends about an object; it is kept under {@code user.bosh.metadata.}, and the CPI never reads it.
 */
public final class Marks {
    /** What the object is: one of the {@code KIND_*} values. */
    public static final String KIND = "user.bosh.kind";

    public static final String KIND_VM = "vm";
    public static final String KIND_EPHEMERAL_DISK = "ephemeral-disk";
    public static final String KIND_CONFIG_DRIVE = "config-drive";
    public static final String KIND_PERSISTENT_DISK = "persistent-disk";
    public static final String KIND_STEMCELL = "stemcell";
    public static final String KIND_NETWORK = "network";

    /**
     * {@code copying} while the object is not complete, {@code creating} until the Director is known to have the CID,
     * then {@code ready}.
     */
    public static final String STATE = "user.bosh.state";

    public static final String STATE_COPYING = "copying";
    public static final String STATE_CREATING = "creating";
    public static final String STATE_READY = "ready";

    public static final String DIRECTOR = "user.bosh.director";
    public static final String AGENT = "user.bosh.agent";
    public static final String CREATED_AT = "user.bosh.created_at";
    /** The VM that an ephemeral disk or a config drive belongs to. */
    public static final String VM = "user.bosh.vm";
    /** On the copy of a moved disk: the CID by which the Director knows it until it has the copy's. */
    public static final String MOVED_FROM = "user.bosh.moved_from";
    /** On a disk that is being moved: the CID of the copy, followed by those of earlier attempts, with spaces. */
    public static final String MOVING_TO = "user.bosh.moving_to";
    /**
     * On the copy of a disk on another member of the cluster: the name of the original, which the copy takes once that is
     * gone.
     */
    public static final String REPLACES = "user.bosh.replaces";
    /** The size of a disk in MiB. */
    public static final String SIZE = "user.bosh.size_mib";

    private static final String METADATA = "user.bosh.metadata.";

    private Marks() {}

    /** The marks of a new object. */
    public static Map<String, String> of(String kind, Origin origin) {
        Map<String, String> marks = new TreeMap<>();
        marks.put(KIND, kind);
        marks.put(STATE, STATE_CREATING);
        marks.put(CREATED_AT, origin.createdAt());
        if (origin.directorUuid().isPresent()) {
            marks.put(DIRECTOR, origin.directorUuid().get());
        }
        return marks;
    }

    /** Whether an object with that configuration is this CPI's, and of that kind. */
    public static boolean haveKind(Map<String, String> config, String kind) {
        return kind.equals(config.get(KIND));
    }

    /** Whether no Director is known to have the object's CID. */
    public static boolean areUnconfirmed(Map<String, String> config) {
        return STATE_CREATING.equals(config.get(STATE)) || STATE_COPYING.equals(config.get(STATE));
    }

    /** Whether the object is only begun. */
    public static boolean areOfIncomplete(Map<String, String> config) {
        return STATE_COPYING.equals(config.get(STATE));
    }

    /** Whether it is the complete copy of a disk that its Director may still know by another CID. */
    public static boolean areOfCopy(Map<String, String> config, String original) {
        return (original.equals(config.get(MOVED_FROM)) && STATE_CREATING.equals(config.get(STATE)))
                || (original.equals(config.get(REPLACES)) && !areOfIncomplete(config));
    }

    /** BOSH's metadata as configuration keys. The servers accept any characters in them. */
    public static Map<String, String> ofMetadata(Map<String, String> metadata) {
        Map<String, String> config = new TreeMap<>();
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            config.put(METADATA + entry.getKey(), entry.getValue());
        }
        return config;
    }

    /** The same for an object that its Director names, and whose CID it hence has. */
    public static Map<String, String> ofConfirmed(Map<String, String> metadata) {
        Map<String, String> config = ofMetadata(metadata);
        config.put(STATE, STATE_READY);
        return config;
    }
}
