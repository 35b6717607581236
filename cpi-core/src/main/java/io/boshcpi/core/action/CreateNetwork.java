package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import io.boshcpi.spi.CreatedNetwork;
import io.boshcpi.spi.Networks;
import io.boshcpi.spi.PropertyTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code create_network} */
final class CreateNetwork implements Action {
    @Override
    public List<String> parameters() {
        return List.of("definition");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        Networks networks = session.capability(session.provider().networks());
        PropertyTree definition = arguments.hash("definition");
        Networks.Request request = new Networks.Request(
                definition.string("range"),
                definition.string("gateway"),
                netmaskBits(definition),
                definition.section("cloud_properties"));
        CreatedNetwork created = networks.create(session.call(), request);
        Map<String, Object> addresses =
                Map.of("range", created.range(), "gateway", created.gateway(), "reserved", created.reserved());
        return List.of(created.cid().value(), addresses, created.properties());
    }

    private static Optional<Integer> netmaskBits(PropertyTree definition) {
        Optional<Long> bits = definition.integer("netmask_bits");
        if (bits.isPresent() && (bits.get() < 1 || bits.get() > 128)) {
            throw definition.wrong("netmask_bits", "must be a number from 1 to 128");
        }
        return bits.map(Long::intValue);
    }
}
