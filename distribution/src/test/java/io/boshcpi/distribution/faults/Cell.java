package io.boshcpi.distribution.faults;

import io.boshcpi.lxd.fake.proxy.Fault;

/**
 * One field of the matrix.
 *
 * @param step which request of the call meets the fault, from 1
 * @param host which process a fault kills
 */
record Cell(Method method, int step, Fault fault, Host host) {
    /** Who makes the call. */
    enum Host {
        /** The test itself: the fault kills nobody. */
        TEST(""),
        RESIDENT(", resident host"),
        COLD(", cold call");

        private final String title;

        Host(String title) {
            this.title = title;
        }
    }

    /** The row of the table. */
    String row() {
        return fault.title() + host.title;
    }

    /** How the list of exceptions names the row. */
    String key() {
        return fault.name().toLowerCase(java.util.Locale.ROOT)
                + (host == Host.TEST ? "" : "/" + host.name().toLowerCase(java.util.Locale.ROOT));
    }
}
