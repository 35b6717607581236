package io.boshcpi.spi;

import org.apiguardian.api.API;

/**
 * The version of this SPI. A plugin states in its manifest's {@code Plugin-Requires} which versions it works with, and
 * is refused with another one.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class SpiVersion {
    /** The version, as {@code major.minor.patch}: a new major one may break plugins, a new minor one adds to the SPI. */
    public static final String CURRENT = "1.0.0";

    private SpiVersion() {}
}
