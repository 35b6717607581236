package io.boshcpi.core.cli;

import io.boshcpi.core.call.ExitCall;
import io.boshcpi.core.rpc.CpiResponse;
import io.boshcpi.spi.ErrorType;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The one response of the process. As the JVM's hook it writes that response if a plugin has ended the process, with
 * whatever status, before there was one.
 */
final class OneResponse extends Thread {
    private final OutputStream out;
    private final byte[] end;
    private boolean written;

    /** A response without a mark. */
    OneResponse(OutputStream out) {
        this(out, new byte[0]);
    }

    /**
     * A response with a mark after it.
     *
     * @param end by which the reader knows that the response is there as a whole
     */
    OneResponse(OutputStream out, byte[] end) {
        this.out = out;
        this.end = end;
    }

    /** Writes the response, unless there is one, and returns when it is out. */
    synchronized void write(byte[] response) throws IOException {
        if (!written) {
            written = true;
            out.write(response);
            out.write(end);
        }
    }

    private synchronized boolean isWritten() {
        return written;
    }

    @Override
    public void run() {
        @Nullable String exit = isWritten() ? null : ExitCall.place();
        if (exit == null) {
            return;
        }
        String message = exit + " called System.exit, which ended the CPI; the outcome of the call is unknown";
        try {
            write(CpiResponse.failed(ErrorType.CPI_ERROR, message, false).toBytes());
        } catch (IOException e) {
            Runtime.getRuntime().halt(1); // As if the response had failed anywhere else.
        }
        Runtime.getRuntime().halt(0);
    }
}
