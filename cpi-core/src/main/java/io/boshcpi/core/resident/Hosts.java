package io.boshcpi.core.resident;

import io.boshcpi.core.call.CpiHost;
import io.boshcpi.core.config.Configuration;
import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.LogLevel;
import io.boshcpi.spi.CpiException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The loaded host, replaced by a new one when configuration or plugins have changed on disk.
 *
 * <p>Calls under way finish with the host that they began with; the last of them closes it.
 */
final class Hosts {
    private final Distribution distribution;
    private final Path configuration;
    private final CallLog log;
    private volatile @Nullable Loaded current;

    Hosts(Distribution distribution, Path configuration, CallLog log) {
        this.distribution = distribution;
        this.configuration = configuration;
        this.log = log;
    }

    /**
     * Loads the plugins before the first call comes.
     *
     * @throws CpiException if the configuration cannot be read or a plugin cannot be used
     */
    void load() {
        try (Loaded loaded = take()) {
            loaded.host().load();
        }
    }

    /** The host for what is on disk now; the caller closes it. */
    Loaded take() {
        Loaded before;
        Loaded loaded;
        synchronized (this) {
            before = current;
            loaded = before == null || !before.isUpToDate() ? new Loaded() : before;
            current = loaded;
            loaded.enter();
        }
        if (before != null && before != loaded) {
            log.log(LogLevel.INFO, "Configuration or plugins have changed and are loaded anew");
            before.close(); // Outside of the lock, which other calls need: a plugin may not want to be closed.
        }
        return loaded;
    }

    /** Closes the host when its last call has ended. */
    synchronized void close() {
        Loaded loaded = current;
        if (loaded != null) {
            loaded.close();
            current = null;
        }
    }

    /** How many configurations of each loaded provider are open. Waits for nobody. */
    Map<String, Integer> openConfigurations() {
        Loaded loaded = current;
        return loaded == null ? Map.of() : loaded.host().openConfigurations();
    }

    private List<Path> pluginFolders() {
        List<Path> folders = new ArrayList<>(List.of(distribution.plugins()));
        try {
            folders.addAll(Configuration.read(configuration).pluginFolders());
        } catch (CpiException e) {
            // Each call reports it too, until the file changes.
            log.log(LogLevel.WARN, e.getMessage());
        }
        return folders;
    }

    /** A host with its inputs, shared by calls. It counts its users; being the current host counts as one. */
    final class Loaded implements AutoCloseable {
        private final List<Path> folders;
        private final HostInputs inputs;
        private final CpiHost host = new CpiHost(distribution, configuration);
        private int users = 1;

        /** The configuration's state is read first, so that a change while the host loads counts as one after it. */
        private Loaded() {
            String before = FileState.of(configuration);
            folders = pluginFolders();
            inputs =
                    new HostInputs(before, HostInputs.of(configuration, folders).plugins());
        }

        private boolean isUpToDate() {
            return inputs.equals(HostInputs.of(configuration, folders));
        }

        private synchronized void enter() {
            users++;
        }

        CpiHost host() {
            return host;
        }

        /** Ends one use; the last one closes the host. */
        @Override
        public void close() {
            synchronized (this) {
                users--;
                if (users > 0) {
                    return;
                }
            }
            host.close();
        }
    }
}
