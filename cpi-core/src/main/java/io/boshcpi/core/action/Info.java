package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import io.boshcpi.core.rpc.CpiRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code info}: asked before nearly every other call, so it makes no provider and loads no plugin. */
final class Info implements Action {
    @Override
    public List<String> parameters() {
        return List.of();
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("api_version", CpiRequest.MAX_API_VERSION);
        info.put("stemcell_formats", session.stemcellFormats());
        return info;
    }
}
