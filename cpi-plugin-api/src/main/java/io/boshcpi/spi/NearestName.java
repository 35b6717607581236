package io.boshcpi.spi;

import java.util.Set;
import java.util.TreeSet;

/** Helps with typing errors: which of the known names was meant? */
final class NearestName {
    private NearestName() {}

    /** What to say after "is not known here". */
    static String suggestion(String name, Set<String> known) {
        if (known.isEmpty()) {
            return "; nothing is expected there";
        }
        String nearest = "";
        int best = Integer.MAX_VALUE;
        for (String candidate : new TreeSet<>(known)) {
            int distance = distance(name, candidate);
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        String all = "known are " + String.join(", ", new TreeSet<>(known));
        return best <= Math.max(1, nearest.length() / 2) ? "; did you mean " + nearest + "? (" + all + ")" : "; " + all;
    }

    /** The number of letters to insert, delete or replace. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
