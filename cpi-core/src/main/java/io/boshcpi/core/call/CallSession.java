package io.boshcpi.core.call;

import io.boshcpi.core.action.Session;
import io.boshcpi.core.config.Configuration;
import io.boshcpi.core.plugin.ProviderSpec;
import io.boshcpi.core.rpc.CpiRequest;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an action works with, for one request. */
final class CallSession implements Session, AutoCloseable {
    private final CpiHost host;
    private final Caller caller;
    private final CpiRequest request;
    private final Configuration configuration;
    private final ProviderSpec provider;
    private final Call call;
    private Clouds.@Nullable Lease lease;

    CallSession(CpiHost host, Caller caller, CpiRequest request, Configuration configuration, ProviderSpec provider) {
        this.host = host;
        this.caller = caller;
        this.request = request;
        this.configuration = configuration;
        this.provider = provider;
        this.call = request.call(configuration.callTimeout());
    }

    @Override
    public Call call() {
        return call;
    }

    @Override
    public Configuration configuration() {
        return configuration;
    }

    @Override
    public CloudProvider provider() {
        Clouds.Lease taken = lease;
        if (taken == null) {
            taken = host.cloud(provider.name(), configuration, caller.redactor());
            lease = taken;
        }
        return taken.cloud();
    }

    /** Gives back the provider, if it was asked for. */
    @Override
    public void close() {
        if (lease != null) {
            lease.close();
        }
    }

    @Override
    public List<String> stemcellFormats() {
        return configuration.stemcellFormats(provider.stemcellFormats());
    }

    @Override
    public <T> T capability(Optional<T> capability) {
        if (capability.isEmpty()) {
            throw new CpiException(
                    ErrorType.NOT_IMPLEMENTED,
                    request.shownMethod() + " is not implemented by the provider " + provider.name());
        }
        return capability.get();
    }

    @Override
    public Path resolve(String path) {
        try {
            return caller.folder().resolve(path);
        } catch (InvalidPathException e) {
            throw new CpiException(ErrorType.CPI_ERROR, "No file can have the path " + path, e);
        }
    }
}
