package io.boshcpi.core.status;

import io.boshcpi.core.call.CallWatch;

/** A call whose request is complete and whose response is not: its time counts from now, whether it waits or runs. */
public final class CallUnderWay implements CallWatch {
    private final long sinceNanos = System.nanoTime();
    private volatile String method = CallMetrics.OTHER;
    private volatile String requestId = "-";

    @Override
    public void received(String method, String requestId) {
        this.method = CallMetrics.counted(method);
        this.requestId = requestId;
    }

    String method() {
        return method;
    }

    String requestId() {
        return requestId;
    }

    long sinceNanos() {
        return sinceNanos;
    }
}
