package io.boshcpi.docker.maintenance;

import io.boshcpi.docker.engine.Engine;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.Maintenance;
import java.util.ArrayList;
import java.util.List;

/** The commands for operators: {@code doctor} and {@code gc}. */
public final class DockerMaintenance implements Maintenance {
    private final Engine engine;

    public DockerMaintenance(Engine engine) {
        this.engine = engine;
    }

    @Override
    public List<Finding> diagnose(Call call) {
        return new Diagnosis(engine).run(call);
    }

    @Override
    public List<Leftover> leftovers(Call call) {
        return engine.run(call, (docker, undo) -> Orphans.of(docker).list());
    }

    @Override
    public List<Leftover> remove(Call call, List<Leftover> leftovers) {
        return engine.run(call, (docker, undo) -> {
            List<Leftover> removed = new ArrayList<>();
            Orphans orphans = Orphans.of(docker);
            for (Leftover leftover : leftovers) {
                if (orphans.remove(leftover)) {
                    removed.add(leftover);
                }
            }
            return removed;
        });
    }
}
