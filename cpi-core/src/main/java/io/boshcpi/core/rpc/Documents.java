package io.boshcpi.core.rpc;

import io.boshcpi.json.Json;
import io.boshcpi.json.MalformedJsonException;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import org.jspecify.annotations.Nullable;

/** Reads JSON documents that came from outside, with errors for the operator. */
public final class Documents {
    private Documents() {}

    /**
     * Reads one JSON document as plain values.
     *
     * @param name the document's name in errors, such as {@code "The request"}
     * @param document the document in UTF-8
     * @throws CpiException that names the document and the place where it stops being JSON, without quoting it
     */
    public static @Nullable Object read(String name, byte[] document) {
        try {
            return Json.read(document);
        } catch (MalformedJsonException e) {
            throw new CpiException(ErrorType.CPI_ERROR, name + " " + e.getMessage(), e.getCause());
        }
    }
}
