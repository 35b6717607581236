package io.boshcpi.core.call;

import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.Redactor;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call, and what belongs to that call alone.
 *
 * @param folder what relative paths of the request count from
 * @param log the call's log
 * @param redactor redacts the secrets in that log; it learns those of the call
 * @param watch is told what the call is; {@code null} if nobody wants to know
 */
public record Caller(
        Path folder,
        CallLog log,
        Redactor redactor,
        @Nullable CallWatch watch) {
    /** A caller without a watch. */
    public Caller(Path folder, CallLog log, Redactor redactor) {
        this(folder, log, redactor, null);
    }
}
