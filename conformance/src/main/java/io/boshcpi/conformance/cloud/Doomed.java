package io.boshcpi.conformance.cloud;

import io.boshcpi.conformance.wire.Exchange;
import java.util.function.Function;
import java.util.function.Supplier;

/** Something that is made to be deleted: afterwards it stands for all that is missing, in the form that the CPI gives. */
public final class Doomed {
    private final Fixture object;
    private final Fixture deletion;

    Doomed(Supplier<Exchange> maker, Function<String, Exchange> deleter) {
        this.object = new Fixture(maker);
        this.deletion = new Fixture(() -> deleter.apply(object.cid()));
    }

    /** The call that made it. */
    public Exchange making() {
        return object.making();
    }

    /** The call that deleted it. */
    public Exchange deletion() {
        return deletion.making();
    }

    /** The CID of what is gone. */
    public String gone() {
        Prerequisite.of(deletion());
        return object.cid();
    }
}
