package io.boshcpi.distribution.faults;

/** How a cell of the matrix ends, from the best to the worst. */
enum Outcome {
    /** The repeated call succeeds, and what is there is what the Director knows. */
    CONVERGED("", true),
    /** Something is left that {@code gc --remove} removes. */
    COLLECTED("g", true),
    /** A volume is left that {@code gc} lists as precious and removes if it is named. */
    NAMED("p", true),
    /** A snapshot is left that {@code gc} does not know; it goes with its disk. */
    SNAPSHOT("S", false),
    /** Something is left that {@code gc} does not know. */
    UNKNOWN("X", false),
    /** The repeated call fails until {@code gc --remove} has run. */
    REPEAT_FAILS("N", false),
    /** The Director's CID leads to nothing, or the call fails for ever. */
    LOST("D", false);

    private final String letter;
    private final boolean good;

    Outcome(String letter, boolean good) {
        this.letter = letter;
        this.good = good;
    }

    /** How the table shows it. */
    String letter() {
        return letter;
    }

    /** Whether the docs promise it. */
    boolean isGood() {
        return good;
    }

    Outcome worst(Outcome other) {
        return compareTo(other) > 0 ? this : other;
    }
}
