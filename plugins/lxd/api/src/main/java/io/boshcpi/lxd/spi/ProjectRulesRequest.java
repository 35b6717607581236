package io.boshcpi.lxd.spi;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * A project whose rules are needed.
 *
 * @param project its name
 * @param config its configuration on the server
 * @param context what else the resolver may know
 */
@API(status = API.Status.STABLE, since = "1.0")
public record ProjectRulesRequest(String project, Map<String, String> config, PluginContext context) {}
