package io.boshcpi.conformance;

import io.boshcpi.conformance.wire.Cpi;
import io.boshcpi.conformance.wire.Output;
import io.boshcpi.conformance.wire.Request;

/** Makes no further call for a rule once the run is to stop; the clean-up still makes its calls. */
final class StoppableCpi implements Cpi {
    private final Cpi cpi;
    private volatile boolean stopped;
    private volatile boolean cleaningUp;

    StoppableCpi(Cpi cpi) {
        this.cpi = cpi;
    }

    /** The run was stopped. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    void stop() {
        stopped = true;
    }

    void beginCleanUp() {
        cleaningUp = true;
    }

    @Override
    public Output call(Request request) {
        if (stopped && !cleaningUp) {
            throw new StoppedException();
        }
        return cpi.call(request);
    }
}
