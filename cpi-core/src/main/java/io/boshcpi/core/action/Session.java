package io.boshcpi.core.action;

import io.boshcpi.core.config.Configuration;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CloudProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What an action works with. The provider is made when it is first asked for: {@code info} needs none. */
public interface Session {
    /** The caller, and the deadline of the answer. */
    Call call();

    /** The configuration of this call. */
    Configuration configuration();

    /** The cloud. */
    CloudProvider provider();

    /** The stemcell formats that the Director is told of, known without making the provider. */
    List<String> stemcellFormats();

    /**
     * A capability of the provider, if it has it.
     *
     * @throws io.boshcpi.spi.CpiException {@link io.boshcpi.spi.ErrorType#NOT_IMPLEMENTED} if it has not
     */
    <T> T capability(Optional<T> capability);

    /** A path of the request; a relative one counts from the caller's working directory. */
    Path resolve(String path);
}
