package io.boshcpi.core.plugin;

import java.nio.file.Path;

/**
 * Why a plugin cannot be used.
 *
 * @param file the culprit, in full: several folders may have a file of that name
 * @param reason what is wrong and what would be right, to be read after the file's name
 */
public record PluginProblem(Path file, String reason) {
    /** Makes the path absolute: the reader does not know the working directory of this process. */
    public PluginProblem {
        file = file.toAbsolutePath();
    }

    @Override
    public String toString() {
        return file + ": " + reason;
    }

    /** A problem on its way to the list of all problems. */
    static final class Found extends Exception {
        private static final long serialVersionUID = 1L;

        Found(String reason) {
            super(reason);
        }

        Found(String reason, Throwable cause) {
            super(reason, cause);
        }

        PluginProblem in(Path file) {
            return new PluginProblem(file, String.valueOf(getMessage()));
        }
    }
}
