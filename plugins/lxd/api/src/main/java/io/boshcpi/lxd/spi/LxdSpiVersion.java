package io.boshcpi.lxd.spi;

import org.apiguardian.api.API;

/**
 * The version of this SPI, which is independent of the version of the LXD provider and of the SPI for providers.
 *
 * <p>A sub-plugin states in its manifest which versions it works with, and is refused with another one: {@code
 * Plugin-Dependencies: lxd@>=1.0.0 & <2.0.0}.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class LxdSpiVersion {
    /** The version, as {@code major.minor.patch}: a new major one may break plugins, a new minor one adds to the SPI. */
    public static final String CURRENT = "1.0.0";

    private LxdSpiVersion() {}
}
