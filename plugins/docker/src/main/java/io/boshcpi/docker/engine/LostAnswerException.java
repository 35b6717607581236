package io.boshcpi.docker.engine;

import io.boshcpi.spi.CpiException;
import java.io.IOException;

/** An answer that ended early. As an {@link IOException} it passes through what reads the answer. */
public final class LostAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient CpiException told;

    LostAnswerException(CpiException told) {
        super(told);
        this.told = told;
    }

    /** What the Director is told. */
    public CpiException told() {
        return told;
    }
}
