package io.boshcpi.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/** What an operator asks of a provider outside of BOSH's methods: is all well, and what was left behind? */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public interface Maintenance {
    /**
     * Looks at everything that the provider depends on. A failure is a finding, not an exception, and does not keep the
     * other things from being looked at.
     */
    List<Finding> diagnose(Call call);

    /** What bears this CPI's marks and seems to be unused, oldest first, of any age and any Director. */
    List<Leftover> leftovers(Call call);

    /**
     * Removes leftovers, except those that are absent by now or have found an owner. Stops at the first that cannot be
     * removed.
     *
     * @param leftovers some of {@link #leftovers}
     * @return the removed ones
     */
    List<Leftover> remove(Call call, List<Leftover> leftovers);

    /**
     * One thing that was looked at.
     *
     * @param verdict whether it is as it should be
     * @param subject what was looked at: {@code "storage pool default"}
     * @param observation what was seen
     * @param remedy the command or the change that fixes it; present unless all is well
     */
    record Finding(Verdict verdict, String subject, String observation, Optional<String> remedy) {
        /** Something that is as it should be. */
        public static Finding ok(String subject, String observation) {
            return new Finding(Verdict.OK, subject, observation, Optional.empty());
        }

        /** Something that works and may surprise. */
        public static Finding warning(String subject, String observation, String remedy) {
            return new Finding(Verdict.WARNING, subject, observation, Optional.of(remedy));
        }

        /** Something that keeps calls from succeeding. */
        public static Finding error(String subject, String observation, String remedy) {
            return new Finding(Verdict.ERROR, subject, observation, Optional.of(remedy));
        }
    }

    /** How a finding is to be taken. */
    enum Verdict {
        /** As it should be. */
        OK,
        /** Works, and may surprise. */
        WARNING,
        /** Keeps calls from succeeding. */
        ERROR
    }

    /**
     * Something that seems to be unused.
     *
     * @param kind what it is, in one word or two: {@code "vm"}, {@code "ephemeral-disk"}, {@code "persistent-disk"}
     * @param name its name, which with the kind identifies it
     * @param reason why it seems to be unused
     * @param madeAt when it was made, if that is known
     * @param directorUuid for whom, if that is known
     * @param precious whether it may hold data that cannot be restored; such a thing is only removed by name
     */
    record Leftover(
            String kind,
            String name,
            String reason,
            Optional<Instant> madeAt,
            Optional<String> directorUuid,
            boolean precious) {}
}
