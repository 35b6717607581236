package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.LxdException.Subject;
import io.boshcpi.lxd.client.model.Operation;
import java.util.List;
import java.util.Optional;

/** Background operations of the session's project. All calls of this client wait for theirs; this is for looking. */
public final class Operations {
    private final Rest rest;

    Operations(Rest rest) {
        this.rest = rest;
    }

    /** The operation; empty once it has ended some seconds ago. */
    public Optional<Operation> find(String id) {
        ApiReply reply = rest.find(Url.of("/1.0/operations").child(Names.check("operation", id)), Subject.OPERATION);
        return reply == null ? Optional.empty() : Optional.of(Operation.of(reply.object()));
    }

    /** Those under way and those just ended. */
    public List<Operation> list() {
        return rest.operations();
    }
}
