package io.boshcpi.docker.engine;

import io.boshcpi.spi.Call;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The labels {@code io.boshcpi.*} of every object of this CPI, present from its first moment.
 *
 * <p>The Engine API changes no label of an object that exists. So what BOSH says later about an object, its metadata,
 * stands in the labels of an empty volume of its own ({@link Metadata}).
 */
public final class Labels {
    /** What the object is: one of the {@code KIND_*} values. */
    public static final String KIND = "io.boshcpi.kind";

    public static final String KIND_VM = "vm";
    public static final String KIND_EPHEMERAL_DISK = "ephemeral-disk";
    public static final String KIND_PERSISTENT_DISK = "persistent-disk";
    public static final String KIND_STEMCELL = "stemcell";
    public static final String KIND_NETWORK = "network";
    public static final String KIND_METADATA = "metadata";

    /** The CID of the VM that a container, an ephemeral disk or the image of a root file system belongs to. */
    public static final String VM = "io.boshcpi.vm";
    /** On a container: all that it is made of; see {@code VmSpec}. */
    public static final String SPEC = "io.boshcpi.spec";
    /** The CID of the VM or disk that metadata is about. */
    public static final String OF = "io.boshcpi.of";
    /** The size in MiB that BOSH asked for. */
    public static final String SIZE = "io.boshcpi.size-mib";

    public static final String AGENT = "io.boshcpi.agent";
    public static final String DIRECTOR = "io.boshcpi.director";
    public static final String CREATED_AT = "io.boshcpi.created-at";

    static final String METADATA = "io.boshcpi.metadata.";

    private Labels() {}

    /** The labels of a new object. */
    public static Map<String, String> of(String kind, Call call, Clock clock) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(KIND, kind);
        labels.put(CREATED_AT, Instant.now(clock).truncatedTo(ChronoUnit.MILLIS).toString());
        call.directorUuid().ifPresent(director -> labels.put(DIRECTOR, director));
        return labels;
    }

    /** Whether an object with these labels is this CPI's, and of that kind. */
    public static boolean haveKind(@Nullable Map<String, String> labels, String kind) {
        return kind.equals(value(labels, KIND).orElse(""));
    }

    /** The value of a label. Engines say {@code null} in the place of no labels. */
    public static Optional<String> value(@Nullable Map<String, String> labels, String name) {
        return labels == null ? Optional.empty() : Optional.ofNullable(labels.get(name));
    }

    /** When the object was made, if the label is there and not edited. */
    public static Optional<Instant> createdAt(@Nullable Map<String, String> labels) {
        try {
            return value(labels, CREATED_AT).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
