package io.boshcpi.conformance.cloud;

import io.boshcpi.conformance.verdict.Ruling;
import io.boshcpi.conformance.wire.Exchange;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that several rules use, made when the first of them asks for it. */
public final class Fixture {
    private final Supplier<Exchange> maker;
    private @Nullable Exchange making;

    Fixture(Supplier<Exchange> maker) {
        this.maker = maker;
    }

    /** The call that made it, or failed to. */
    public Exchange making() {
        Exchange made = making;
        if (made == null) {
            made = maker.get();
            making = made;
        }
        return made;
    }

    /** Its CID; without one, the rule cannot be judged. */
    public String cid() {
        Exchange made = making();
        return Inventory.cid(made)
                .orElseThrow(() ->
                        Ruling.notJudged(made, made.request().method() + " gave no CID" + Prerequisite.reason(made)));
    }

    /** From now on another one is made. */
    public void forget() {
        making = null;
    }
}
