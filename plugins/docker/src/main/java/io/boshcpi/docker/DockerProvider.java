package io.boshcpi.docker;

import io.boshcpi.docker.disk.DockerDisks;
import io.boshcpi.docker.engine.Engine;
import io.boshcpi.docker.maintenance.DockerMaintenance;
import io.boshcpi.docker.network.DockerNetworks;
import io.boshcpi.docker.stemcell.DockerStemcells;
import io.boshcpi.docker.vm.DockerVms;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.Disks;
import io.boshcpi.spi.Maintenance;
import io.boshcpi.spi.Networks;
import io.boshcpi.spi.Stemcells;
import io.boshcpi.spi.Vms;
import java.util.Optional;

/** One engine with one configuration. It has neither snapshots nor disks that change their size. */
final class DockerProvider implements CloudProvider {
    private final Engine engine;

    DockerProvider(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Stemcells stemcells() {
        return new DockerStemcells(engine);
    }

    @Override
    public Vms vms() {
        return new DockerVms(engine);
    }

    @Override
    public Disks disks() {
        return new DockerDisks(engine);
    }

    @Override
    public Optional<Networks> networks() {
        return Optional.of(new DockerNetworks(engine));
    }

    @Override
    public Optional<Maintenance> maintenance() {
        return Optional.of(new DockerMaintenance(engine));
    }

    @Override
    public void close() {
        engine.close();
    }
}
