package io.boshcpi.core.resident;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the calls of launchers whose cold call would do the same as this host.
 *
 * @param build the content of this host's build file
 * @param home the distribution's folder, without symbolic links
 * @param configuration the configuration file, without symbolic links
 */
record Doorkeeper(String build, String home, Path configuration) {
    /** Why the call is not for this host; {@code null} if it is. */
    @Nullable
    String objection(@Nullable Greeting greeting) {
        if (greeting == null) {
            return "the launcher's greeting is not understood";
        } else if (!greeting.build().equals(build)) {
            return "the host is of another build";
        } else if (!greeting.home().equals(home)) {
            return "the host runs from " + home;
        } else if (!greeting.configuration().equals(configuration.toString())) {
            return "the host has the configuration " + configuration;
        } else if (!greeting.state().equals(FileState.of(configuration))) {
            return "the host sees another state of the configuration";
        }
        return null;
    }
}
