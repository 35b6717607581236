package io.boshcpi.distribution.faults;

import io.boshcpi.distribution.faults.FaultMatrix.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The cells that are known not to converge: {@code fault-matrix-exceptions.txt}, with lines of the form {@code method
 * letter fault,fault,… # reason}. A fault with {@code @incus} behind it is one of that server alone.
 */
final class Exceptions {
    private final Set<String> listed = new TreeSet<>();

    private Exceptions(List<String> lines, String server) {
        for (String line : lines) {
            String[] fields = line.replaceFirst("#.*", "").strip().split(" +", -1);
            if (fields.length == 3) {
                for (String fault : fields[2].split(",", -1)) {
                    if (!fault.contains("@") || fault.endsWith("@" + server)) {
                        listed.add(fields[0] + " " + fields[1] + " " + fault.replaceFirst("@.*", ""));
                    }
                }
            }
        }
    }

    /** Those of FakeLxd, with an empty name, or of a real server. */
    static Exceptions of(String server) {
        try (InputStream file = Exceptions.class.getResourceAsStream("/fault-matrix-exceptions.txt")) {
            byte[] bytes = Objects.requireNonNull(file).readAllBytes();
            return new Exceptions(
                    new String(bytes, StandardCharsets.UTF_8).lines().toList(), server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(Result result) {
        return result.cell().method().wireName() + " " + result.outcome().letter() + " "
                + result.cell().key();
    }

    /** The cells that do not converge and are not listed. */
    List<Result> unexpected(List<Result> results) {
        return results.stream()
                .filter(result -> !result.outcome().isGood() && !listed.contains(key(result)))
                .toList();
    }

    /** What is listed and converges. */
    Set<String> unneeded(List<Result> results) {
        Set<String> unneeded = new TreeSet<>(listed);
        results.forEach(result -> unneeded.remove(key(result)));
        return unneeded;
    }
}
