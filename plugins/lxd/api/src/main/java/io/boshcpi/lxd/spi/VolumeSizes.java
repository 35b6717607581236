package io.boshcpi.lxd.spi;

import org.apiguardian.api.API;

/**
 * The sizes that volumes of a storage driver can have: {@code VolumeSizes.any().from(8192).inStepsOf(1024)}. Immutable.
 *
 * <p>BOSH asks for any size. The provider refuses one below the least, and rounds the others up to a whole number of steps,
 * before it asks the driver for a volume; so a driver that says its sizes here need not check them.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class VolumeSizes {
    private static final VolumeSizes ANY = new VolumeSizes(1, 1);

    private final long minimumMib;
    private final long stepMib;

    private VolumeSizes(long minimumMib, long stepMib) {
        if (minimumMib < 1 || stepMib < 1) {
            throw new IllegalArgumentException("Sizes are from 1 MiB, in steps of at least 1 MiB");
        }
        this.minimumMib = minimumMib;
        this.stepMib = stepMib;
    }

    /** Every size. */
    public static VolumeSizes any() {
        return ANY;
    }

    /** The same from a least size on, in MiB. */
    public VolumeSizes from(long mib) {
        return new VolumeSizes(mib, stepMib);
    }

    /** The same in whole numbers of steps of that many MiB. */
    public VolumeSizes inStepsOf(long mib) {
        return new VolumeSizes(minimumMib, mib);
    }

    /** The least size that is not refused, in MiB. */
    public long minimumMib() {
        return minimumMib;
    }

    /** What each size is a multiple of, in MiB. */
    public long stepMib() {
        return stepMib;
    }

    /** The size that a volume gets, in MiB: the least one that can be and is not smaller. */
    public long rounded(long sizeMib) {
        long rest = sizeMib % stepMib;
        return rest == 0 ? sizeMib : Math.addExact(sizeMib, stepMib - rest);
    }

    @Override
    public String toString() {
        return "from " + minimumMib + " MiB in steps of " + stepMib + " MiB";
    }
}
