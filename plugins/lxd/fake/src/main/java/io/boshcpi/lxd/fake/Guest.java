package io.boshcpi.lxd.fake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What goes on inside one instance, as far as the API shows it: which volumes the guest mounted once more, what commands
 * answer, whether it heeds a shutdown. Commands that no rule matches exit with 0 and print nothing, with two exceptions:
 * {@code cat /proc/self/mountinfo} (or {@code /proc/1/mountinfo}, {@code /proc/mounts} is not modelled) prints the mount
 * table, and a shell script that names such a file is run by this machine's {@code /bin/sh} on that table, so that a
 * guard which looks into it is tested as it is.
 */
public final class Guest {
    private static final int MOST_SCRIPT_SECONDS = 10;

    /**
     * What a command left behind.
     *
     * @param exitCode 127 stands for a command that is not there: the operation then fails
     */
    public record Result(int exitCode, String stdout, String stderr) {
        /** Exit code 0 and no output. */
        public static final Result OK = new Result(0, "", "");

        /** This exit code and no output. */
        public static Result exit(int code) {
            return new Result(code, "", "");
        }
    }

    private record Rule(Predicate<List<String>> command, Function<List<String>, Result> result) {}

    private final Instance instance;
    private final List<Rule> rules = new ArrayList<>();
    private final List<List<String>> commands = new ArrayList<>();
    private final Map<String, String> mounts = new TreeMap<>();
    private boolean ignoresShutdown;

    Guest(Instance instance) {
        this.instance = instance;
    }

    /** The guest has the volume mounted at this path too, as a BOSH agent has at {@code /var/vcap/store}. */
    public synchronized Guest mount(String volume, String path) {
        mounts.put(path, volume);
        return this;
    }

    /** The guest no longer has anything mounted at this path. */
    public synchronized Guest unmount(String path) {
        mounts.remove(path);
        return this;
    }

    /** Commands that match end so; the latest rule counts. */
    public synchronized Guest onExec(Predicate<List<String>> command, Function<List<String>, Result> result) {
        rules.add(0, new Rule(command, result));
        return this;
    }

    /** Commands whose words joined by spaces contain the text end so. */
    public Guest onExec(String part, Result result) {
        return onExec(command -> String.join(" ", command).contains(part), command -> result);
    }

    /** A clean stop fails from now on, after its timeout. */
    public synchronized Guest ignoreShutdown() {
        ignoresShutdown = true;
        return this;
    }

    /** The commands that were run, in order. */
    public synchronized List<List<String>> commands() {
        return List.copyOf(commands);
    }

    /** The content of {@code /proc/self/mountinfo}, empty if the instance does not run. */
    public synchronized String mountinfo() {
        return instance.isRunning() ? MountTable.of(instance, mounts) : "";
    }

    /** The mode, owner and content of a file, or null if there is none. */
    public synchronized @Nullable GuestFile file(String path) {
        GuestFiles.Node node = instance.files.find(path, false);
        return node == null
                ? null
                : new GuestFile(
                        node.type.title,
                        node.mode,
                        node.uid,
                        node.gid,
                        new String(node.content, StandardCharsets.UTF_8));
    }

    synchronized boolean ignoresShutdown() {
        return ignoresShutdown;
    }

    /** A stop ends the guest's own mounts; what the devices mount comes back with the next start. */
    synchronized void stopped() {
        mounts.clear();
    }

    synchronized Result run(List<String> command) {
        commands.add(List.copyOf(command));
        for (Rule rule : rules) {
            if (rule.command().test(command)) {
                return rule.result().apply(command);
            }
        }
        if (command.size() == 2 && command.get(0).endsWith("cat") && HostShell.isMountTable(command.get(1))) {
            return new Result(0, mountinfo(), "");
        }
        return HostShell.readsMountTable(command)
                ? HostShell.run(command, mountinfo(), MOST_SCRIPT_SECONDS)
                : Result.OK;
    }
}
