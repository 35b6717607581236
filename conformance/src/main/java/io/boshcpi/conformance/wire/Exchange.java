package io.boshcpi.conformance.wire;

/** A request and what came of it. */
public record Exchange(Request request, Output output, Answer answer) {
    /** Reads the answer. */
    public static Exchange of(Request request, Output output) {
        return new Exchange(request, output, Answer.of(output.stdout()));
    }
}
