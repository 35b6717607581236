package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import io.boshcpi.spi.StemcellCid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code delete_stemcell} */
final class DeleteStemcell implements Action {
    @Override
    public List<String> parameters() {
        return List.of("stemcell_cid");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        StemcellCid stemcell = new StemcellCid(arguments.text("stemcell_cid"));
        session.provider().stemcells().delete(session.call(), stemcell);
        return null;
    }
}
