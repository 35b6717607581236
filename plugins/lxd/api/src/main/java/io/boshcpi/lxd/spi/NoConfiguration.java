package io.boshcpi.lxd.spi;

import org.apiguardian.api.API;

/** The configuration of a plugin that has none: any key is refused. */
@API(status = API.Status.STABLE, since = "1.0")
public record NoConfiguration() {}
