package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import io.boshcpi.lxd.fake.model.Urls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests about one kind of object, and what all such parts of the API work with. */
abstract class ApiPart {
    protected final State state;
    protected final Dialect dialect;
    protected final Operations operations;

    ApiPart(State state, Operations operations) {
        this.state = state;
        this.dialect = state.dialect;
        this.operations = operations;
    }

    /** Names the requests that this part answers. */
    abstract void register(Router router);

    /** The project that the request names. */
    protected Model.Project project(Request request) {
        return state.project(request.project(), "Failed to load project \"" + request.project() + "\": ");
    }

    /** The instance that the request names. */
    protected Instance instance(Request request) {
        return state.instance(request.project(), request.name("name"));
    }

    protected Model.Pool pool(Request request) {
        return state.pool(request.name("pool"));
    }

    /** The volume that the request names, null if there is none. */
    protected Model.@Nullable Volume findVolume(Request request) {
        String home = state.home(project(request).name(), "storage.volumes");
        return pool(request).volumes().get(home, request.name("volume"));
    }

    protected Model.Volume volume(Request request) {
        Model.Volume volume = findVolume(request);
        if (volume == null) {
            throw ApiError.notFound("Storage pool volume not found");
        }
        return volume;
    }

    /** What an operation on the state of an instance works on. */
    protected JsonObject stateOf(Instance instance) {
        String url = Urls.instance(instance.name, dialect.choose("default", instance.project));
        return JsonObject.of("instances", List.of(url));
    }

    /** What any other operation on an instance works on. LXD repeats containers under their old name. */
    protected JsonObject wholeOf(Instance instance) {
        return dialect == Dialect.LXD && instance.type.equals("container")
                ? stateOf(instance).and("containers", List.of("/1.0/containers/" + instance.name))
                : stateOf(instance);
    }

    /** Images, networks and profiles name their project in Incus only. */
    protected JsonObject withProject(JsonObject object, String project) {
        return dialect == Dialect.INCUS ? object.and("project", project) : object;
    }
}
