package io.boshcpi.core.resident;

import io.boshcpi.core.call.CpiHost;
import io.boshcpi.core.config.Configuration;
import io.boshcpi.core.dist.Distribution;
import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.LogLevel;
import io.boshcpi.spi.CpiException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The loaded host, replaced by a new one as soon as configuration or plugins have changed on disk.
 *
 * <p>Calls under way finish with the host that they began with; the last of them closes it.
 */
final class Hosts {
    private final Distribution distribution;
    private final Path configuration;
    private final CallLog log;
    private @Nullable Loaded current;

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

    /** The host that fits to what is on disk now, until the call closes it. */
    synchronized Loaded take() {
        Loaded loaded = current;
        if (loaded == null || !loaded.isUpToDate()) {
            if (loaded != null) {
                log.log(LogLevel.INFO, "Configuration or plugins have changed and are loaded anew");
                loaded.close();
            }
            loaded = new Loaded();
            current = loaded;
        }
        loaded.enter();
        return loaded;
    }

    /** Closes the host when its last call has ended. */
    synchronized void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    private List<Path> pluginFolders() {
        List<Path> folders = new ArrayList<>(List.of(distribution.plugins()));
        try {
            folders.addAll(Configuration.read(configuration).pluginFolders());
        } catch (CpiException e) {
            // Each call says so by itself, until the file changes.
            log.log(LogLevel.WARN, e.getMessage());
        }
        return folders;
    }

    /** A host with what it was loaded from. It counts its users, this object's keeping it being one. */
    final class Loaded implements AutoCloseable {
        private final List<Path> folders;
        private final Surroundings surroundings;
        private final CpiHost host = new CpiHost(distribution, configuration);
        private int users = 1;

        /** The surroundings are looked at first: what changes while the host loads is a change after it. */
        private Loaded() {
            String before = FileState.of(configuration);
            folders = pluginFolders();
            surroundings = new Surroundings(
                    before, Surroundings.of(configuration, folders).plugins());
        }

        private boolean isUpToDate() {
            return surroundings.equals(Surroundings.of(configuration, folders));
        }

        private synchronized void enter() {
            users++;
        }

        CpiHost host() {
            return host;
        }

        /** To be called once by each user. */
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
