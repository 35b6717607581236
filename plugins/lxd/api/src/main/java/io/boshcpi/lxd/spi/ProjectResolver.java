package io.boshcpi.lxd.spi;

import io.boshcpi.spi.Call;
import java.util.Map;
import org.apiguardian.api.API;
import org.pf4j.ExtensionPoint;

/** Decides in which project things are made and what may be made there. There is exactly one. */
@API(status = API.Status.STABLE, since = "1.0")
public interface ProjectResolver extends ExtensionPoint {
    /**
     * The project of a call.
     *
     * @param configured the project that the operator configured
     */
    String project(Call call, String configured);

    /**
     * What a project allows.
     *
     * @param config the project's configuration on the server
     */
    ProjectRules rules(String project, Map<String, String> config);
}
