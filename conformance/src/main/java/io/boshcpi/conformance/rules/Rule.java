package io.boshcpi.conformance.rules;

import io.boshcpi.conformance.cloud.World;
import io.boshcpi.conformance.verdict.Ruling;
import io.boshcpi.conformance.verdict.Verdict;

/**
 * A rule of the contract.
 *
 * @param id the group and a name, stable over versions of the kit
 * @param text what is right
 * @param source who relies on it, and where that can be read
 * @param check returns if the rule is kept, and throws a {@link Ruling} otherwise
 */
public record Rule(String id, String text, String source, Check check) {
    /** How a rule is judged. */
    @FunctionalInterface
    public interface Check {
        void run(World world);
    }

    /** The group, which {@code --only} takes as well as a whole ID. */
    public String group() {
        return id.substring(0, id.indexOf('.'));
    }

    /** Judges the CPI. */
    public Verdict judge(World world) {
        try {
            check.run(world);
            return Verdict.passed();
        } catch (Ruling ruling) {
            return ruling.verdict();
        }
    }
}
