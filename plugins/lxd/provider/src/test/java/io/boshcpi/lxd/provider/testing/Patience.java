package io.boshcpi.lxd.provider.testing;

import java.time.Duration;

/**
 * How long tests on real servers wait.
 *
 * <p>{@code CPI_TEST_PATIENCE} is the factor by which they wait longer than for a server that runs natively; {@code
 * .ci/lab} sets it for its emulated ones. 1 unless it is set.
 */
public final class Patience {
    private static final int FACTOR = Integer.parseInt(System.getenv().getOrDefault("CPI_TEST_PATIENCE", "1"));

    private Patience() {}

    /** As long as a native server gets this long. */
    public static Duration of(Duration natively) {
        return natively.multipliedBy(FACTOR);
    }
}
