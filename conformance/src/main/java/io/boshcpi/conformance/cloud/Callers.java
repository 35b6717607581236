package io.boshcpi.conformance.cloud;

import io.boshcpi.conformance.wire.Caller;
import io.boshcpi.conformance.wire.Cpi;
import io.boshcpi.conformance.wire.Exchange;
import io.boshcpi.conformance.wire.Journal;
import io.boshcpi.conformance.wire.Output;
import io.boshcpi.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The Director and the CLI, and what they have exchanged with the CPI. */
public final class Callers {
    private final Journal journal = new Journal();
    private final Inventory inventory = new Inventory();
    private final String uuid = UUID.randomUUID().toString();
    private final int stemcellVersion;
    private final Caller.Line line;
    private final Caller cli;
    private final Fixture info;
    private @Nullable Caller director;

    Callers(Cpi cpi, Map<String, ?> context, int stemcellVersion) {
        this.stemcellVersion = stemcellVersion;
        this.line = new Caller.Line(cpi, journal, context, inventory::note);
        this.cli = Caller.cli(line, uuid, stemcellVersion);
        this.info = new Fixture(() -> directorOf(Caller.DIRECTORS_VERSION).call("info"));
    }

    private Caller directorOf(int version) {
        return Caller.director(line, uuid, stemcellVersion, version);
    }

    /** The Director, with the version that it has negotiated. */
    public Caller director() {
        Caller negotiated = director;
        if (negotiated == null) {
            Object offered = Json.members(info().answer().result()).get("api_version");
            boolean older = offered instanceof Integer number && number < Caller.DIRECTORS_VERSION;
            negotiated = directorOf(older ? Caller.CLIS_VERSION : Caller.DIRECTORS_VERSION);
            director = negotiated;
        }
        return negotiated;
    }

    /** {@code create-env} and {@code delete-env}. */
    public Caller cli() {
        return cli;
    }

    /** The Director's first call. */
    public Exchange info() {
        return info.making();
    }

    /** Why no call can be made at all. */
    public Optional<String> obstacle() {
        Output output = info().output();
        return output.end() == Output.End.NOT_STARTED ? Optional.of(output.stderr()) : Optional.empty();
    }

    public Journal journal() {
        return journal;
    }

    /**
     * Removes what the calls have made.
     *
     * @return what could not be removed, and why
     */
    public List<String> cleanUp() {
        return inventory.removeAll(director());
    }
}
