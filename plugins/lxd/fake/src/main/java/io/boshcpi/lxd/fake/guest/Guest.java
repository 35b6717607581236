package io.boshcpi.lxd.fake.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What goes on inside one instance, as far as the API shows it: which volumes the guest mounted once more, what
 * commands answer, whether it heeds a shutdown.
 *
 * <p>Nothing is ever run. A command ends as the test says; the script {@code mounted}, with which the provider asks
 * whether a disk is still mounted, is answered from the mounts; any other is refused.
 */
public final class Guest {
    private static final int STILL_MOUNTED = 10;

    private record Rule(String part, int exitCode) {}

    /** The files that the guest has. */
    public GuestFiles files = GuestFiles.skeleton();

    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, String> mounts = new TreeMap<>();
    private boolean ignoresShutdown;

    /** The guest has the volume mounted at this path too, as a BOSH agent has at {@code /var/vcap/store}. */
    public synchronized void mount(String volume, String path) {
        mounts.put(path, volume);
    }

    /**
     * Commands whose words joined by spaces contain the text end so; the latest rule counts.
     *
     * @param exitCode 127 stands for a command that is not there: the operation then fails
     */
    public synchronized Guest onExec(String part, int exitCode) {
        rules.add(0, new Rule(part, exitCode));
        return this;
    }

    /** A clean stop fails from now on, after its timeout. */
    public synchronized void ignoreShutdown() {
        ignoresShutdown = true;
    }

    public synchronized boolean ignoresShutdown() {
        return ignoresShutdown;
    }

    /** A stop ends the guest's own mounts; what the devices mount comes back with the next start. */
    public synchronized void stopped() {
        mounts.clear();
    }

    /** The exit code of a command; empty if there is no answer to it. */
    public synchronized OptionalInt run(List<String> command) {
        String line = String.join(" ", command);
        for (Rule rule : rules) {
            if (line.contains(rule.part())) {
                return OptionalInt.of(rule.exitCode());
            }
        }
        if (asksWhetherMounted(command)) {
            return OptionalInt.of(mounts.containsValue(command.get(5)) ? STILL_MOUNTED : 0);
        }
        return OptionalInt.empty();
    }

    /** {@code sh -c SCRIPT mounted DIRECTORY VOLUME SECONDS}; what the script does is not looked at. */
    private static boolean asksWhetherMounted(List<String> command) {
        return command.size() == 7 && command.get(3).equals("mounted");
    }
}
