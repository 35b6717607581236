package io.boshcpi.conformance.wire;

/** A CPI, which answers one request at a time or many at once. */
public interface Cpi {
    /** Makes a call; what goes wrong in it is part of the output. */
    Output call(Request request);
}
