package io.boshcpi.lxd.spi;

import org.apiguardian.api.API;
import org.pf4j.ExtensionPoint;

/** Decides in which project things are made and what may be made there. There is exactly one. */
@API(status = API.Status.STABLE, since = "1.0")
public interface ProjectResolver extends ExtensionPoint, SubPlugin {
    /** The project of a call. */
    String project(ProjectRequest request);

    /** What a project allows. */
    ProjectRules rules(ProjectRulesRequest request);
}
