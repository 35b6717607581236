package io.boshcpi.lxd.spi;

import io.boshcpi.spi.Call;
import org.apiguardian.api.API;

/**
 * A call that needs a project.
 *
 * @param call the call
 * @param configured the project that the operator configured
 * @param context what else the resolver may know
 */
@API(status = API.Status.STABLE, since = "1.0")
public record ProjectRequest(Call call, String configured, PluginContext context) {}
