package io.boshcpi.core.plugin;

import io.boshcpi.core.config.Configuration;
import io.boshcpi.spi.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long plugins may take for what a thread asks of them. It is bound to the thread of a call, as the call's log is.
 *
 * <p>Nearly all of what plugins are asked is a question about values, or the making of an object, so that a bound of its
 * own, {@code plugin_timeout}, fits all of it. A provider's methods do the work of a call; they have the call's time.
 */
public final class PluginTime {
    /** What a provider has beyond the call's deadline, to undo what it has made; docs/reliability.md promises no less. */
    private static final Duration UNDOING = Duration.ofMinutes(2);

    /** What a question has whose call is over: undoing asks some. */
    private static final long LAST_QUESTION_MILLIS = 1000;

    private static final ThreadLocal<@Nullable PluginTime> BOUND = new ThreadLocal<>();

    private final long questionMillis;
    private final @Nullable Deadline call;

    private PluginTime(Duration question, @Nullable Deadline call) {
        this.questionMillis = question.toMillis();
        this.call = call;
    }

    /**
     * Binds the thread to these limits, in place of those that it had.
     *
     * @param question how long a plugin may take for the answer to one question
     * @param call when the thread's call ends, which no question outlasts
     */
    public static void bind(Duration question, Deadline call) {
        BOUND.set(new PluginTime(question, call));
    }

    /** Has the thread do without a call, and questions have the default limit. */
    public static void unbind() {
        BOUND.remove();
    }

    /** The limits of the thread that asks. */
    static PluginTime current() {
        PluginTime bound = BOUND.get();
        return bound == null ? new PluginTime(Configuration.DEFAULT_PLUGIN_TIMEOUT, null) : bound;
    }

    /** Binds the thread to these limits. */
    void bind() {
        BOUND.set(this);
    }

    /**
     * One limit.
     *
     * @param millis how long
     * @param words the same for a person, with the option that changes it; to be read after "did not return"
     */
    record Limit(long millis, String words) {}

    /** The limit of a question that is asked now. */
    Limit ofQuestion() {
        long left = call == null ? Long.MAX_VALUE : Math.max(call.remainingMillis(), LAST_QUESTION_MILLIS);
        return questionMillis <= left
                ? new Limit(
                        questionMillis,
                        "within " + seconds(questionMillis) + ", the plugin_timeout of the configuration")
                : new Limit(left, "within " + seconds(left) + ", the rest of the call_timeout of the configuration");
    }

    /** The limit of what a provider does for a call. */
    static Limit ofWork(Deadline call) {
        long undoing = UNDOING.toMillis();
        return new Limit(
                call.remainingMillis() + undoing,
                "within the call_timeout of the configuration and the " + seconds(undoing) + " for undoing");
    }

    private static String seconds(long millis) {
        return (millis + 999) / 1000 + " s";
    }
}
