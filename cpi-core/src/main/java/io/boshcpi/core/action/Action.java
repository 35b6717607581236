package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One method of the contract. */
public interface Action {
    /** The names of the arguments that must be there, in order. */
    List<String> parameters();

    /**
     * Serves a call.
     *
     * @return what becomes the response's {@code result}
     */
    @Nullable
    Object run(Arguments arguments, Session session);
}
