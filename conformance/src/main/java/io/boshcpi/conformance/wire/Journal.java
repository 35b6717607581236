package io.boshcpi.conformance.wire;

import java.util.ArrayList;
import java.util.List;

/** All exchanges of a run in the order of their ends. */
public final class Journal {
    private final List<Exchange> exchanges = new ArrayList<>();

    synchronized void add(Exchange exchange) {
        exchanges.add(exchange);
    }

    /** What has been exchanged so far. */
    public synchronized List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }
}
