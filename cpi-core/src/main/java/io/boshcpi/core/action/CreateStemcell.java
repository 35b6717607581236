package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import io.boshcpi.spi.StemcellImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code create_stemcell}; version 3 of the API adds the tags. */
final class CreateStemcell implements Action {
    @Override
    public List<String> parameters() {
        return List.of("image_path", "cloud_properties");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        Path image = session.resolve(arguments.text("image_path"));
        Map<String, String> tags =
                Arguments.asStrings(arguments.trailingHash("env").section("tags"));
        StemcellImage stemcell = new StemcellImage(image, arguments.hash("cloud_properties"), tags);
        return session.provider().stemcells().create(session.call(), stemcell).value();
    }
}
