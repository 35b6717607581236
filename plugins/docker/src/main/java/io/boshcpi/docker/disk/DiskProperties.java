package io.boshcpi.docker.disk;

import io.boshcpi.docker.engine.Names;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.PropertyTree;
import java.util.Map;
import java.util.Optional;

/** The cloud properties of persistent disks. {@link #OPTIONS} says what they mean. */
record DiskProperties(Optional<String> driver, Map<String, String> driverOpts) {
    static final Options OPTIONS = Options.of(
            Option.string("driver", "the volume driver; `local` if not given"),
            Option.hash(
                    "driver_opts",
                    "options of the volume driver, such as `{type: nfs, o: \"addr=10.0.0.9,rw\", device: \":/disks\"}`"));

    static DiskProperties of(PropertyTree properties) {
        DiskProperties bound = properties.bind(DiskProperties.class, OPTIONS);
        bound.driver.ifPresent(name -> Names.checked(properties, "driver", name));
        return bound;
    }
}
