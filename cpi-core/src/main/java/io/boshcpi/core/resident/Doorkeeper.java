package io.boshcpi.core.resident;

import io.boshcpi.core.status.Refusal;
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
    Objection objection(@Nullable Greeting greeting) {
        if (greeting == null) {
            return new Objection(Refusal.GREETING, "the launcher's greeting is not understood");
        } else if (!greeting.build().equals(build)) {
            return new Objection(Refusal.BUILD, "the host is of another build");
        } else if (!greeting.home().equals(home)) {
            return new Objection(Refusal.FOLDER, "the host runs from " + home);
        } else if (!greeting.configuration().equals(configuration.toString())) {
            return new Objection(Refusal.CONFIGURATION, "the host has the configuration " + configuration);
        } else if (!greeting.state().equals(FileState.of(configuration))) {
            return new Objection(Refusal.STATE, "the host sees another state of the configuration");
        }
        return null;
    }
}
