package io.boshcpi.conformance.cloud;

import io.boshcpi.conformance.verdict.Ruling;
import io.boshcpi.conformance.wire.Caller;
import io.boshcpi.conformance.wire.Exchange;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stemcell of the run, uploaded as often as rules need it. */
public final class Stemcells {
    private final Callers callers;
    private final Settings settings;
    private final Stemcell file;
    private final @Nullable Stemcell light;
    private final Fixture stemcell;
    private final Doomed doomed;

    Stemcells(Callers callers, Settings settings, Stemcell file, @Nullable Stemcell light) {
        this.callers = callers;
        this.settings = settings;
        this.file = file;
        this.light = light;
        this.doomed = new Doomed(
                () -> upload(callers.director()), cid -> callers.director().call("delete_stemcell", cid));
        this.stemcell = new Fixture(() -> upload(callers.director()));
    }

    /** Uploads the stemcell; only version 3 of the API has tags. */
    public Exchange upload(Caller caller) {
        return upload(caller, file);
    }

    private Exchange upload(Caller caller, Stemcell stemcellFile) {
        Map<String, ?> properties = stemcellFile.propertiesWith(settings.stemcell());
        String image = stemcellFile.image().toString();
        return caller.apiVersion() == Caller.DIRECTORS_VERSION
                ? caller.call("create_stemcell", image, properties, Map.of("tags", Map.of("conformance", "kit")))
                : caller.call("create_stemcell", image, properties);
    }

    /** Uploads the light stemcell. */
    public Exchange uploadLight() {
        if (light == null) {
            throw Ruling.notRun("there is no --light-stemcell");
        }
        return upload(callers.director(), light);
    }

    /** What was unpacked. */
    public Stemcell file() {
        return file;
    }

    /** The stemcell that VMs are made of. */
    public Fixture stemcell() {
        return stemcell;
    }

    /** A stemcell that is deleted; ask for it before {@link #stemcell()}, whose CID it may have. */
    public Doomed doomed() {
        return doomed;
    }
}
