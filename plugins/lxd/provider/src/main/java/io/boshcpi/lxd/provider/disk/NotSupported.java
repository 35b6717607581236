package io.boshcpi.lxd.provider.disk;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;

/** The error that makes the Director copy the data to a new disk instead of changing this one. */
final class NotSupported {
    private NotSupported() {}

    static CpiException because(String reason) {
        return new CpiException(ErrorType.NOT_SUPPORTED, "The disk cannot be changed like this: " + reason);
    }
}
