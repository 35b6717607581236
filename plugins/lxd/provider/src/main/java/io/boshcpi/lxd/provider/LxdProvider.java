package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.LxdClient;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.provider.disk.LxdDiskUpdates;
import io.boshcpi.lxd.provider.disk.LxdDisks;
import io.boshcpi.lxd.provider.disk.LxdSnapshots;
import io.boshcpi.lxd.provider.network.LxdNetworks;
import io.boshcpi.lxd.provider.server.Contributors;
import io.boshcpi.lxd.provider.server.Endpoints;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.provider.server.LxdConfig;
import io.boshcpi.lxd.provider.stemcell.LxdStemcells;
import io.boshcpi.lxd.provider.vm.GuestApi;
import io.boshcpi.lxd.provider.vm.LxdVms;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.CurrentVm;
import io.boshcpi.spi.DiskUpdates;
import io.boshcpi.spi.Disks;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.Maintenance;
import io.boshcpi.spi.Networks;
import io.boshcpi.spi.ProviderContext;
import io.boshcpi.spi.Snapshots;
import io.boshcpi.spi.Stemcells;
import io.boshcpi.spi.Vms;
import java.util.Optional;

/** One LXD or Incus server with one configuration. */
final class LxdProvider implements CloudProvider {
    private final LxdClient client;
    private final LxdCloud cloud;

    LxdProvider(LxdConfig config, ProviderContext context) {
        this.client = client(config);
        this.cloud = new LxdCloud(config, client, new Contributors(context), context.clock());
    }

    /** Reads certificates and keys; a broken one is the operator's mistake, not a bug. */
    private static LxdClient client(LxdConfig config) {
        Endpoint server = Endpoints.of(config);
        try {
            return LxdClient.of(server);
        } catch (IllegalArgumentException e) {
            throw new CpiException(
                    ErrorType.CPI_ERROR, "The configuration of the server (lxd.*) is wrong: " + e.getMessage(), e);
        }
    }

    @Override
    public Stemcells stemcells() {
        return new LxdStemcells(cloud);
    }

    @Override
    public Vms vms() {
        return new LxdVms(cloud);
    }

    @Override
    public Disks disks() {
        return new LxdDisks(cloud);
    }

    @Override
    public Optional<DiskUpdates> diskUpdates() {
        return Optional.of(new LxdDiskUpdates(cloud));
    }

    @Override
    public Optional<Snapshots> snapshots() {
        return Optional.of(new LxdSnapshots(cloud));
    }

    @Override
    public Optional<Networks> networks() {
        return Optional.of(new LxdNetworks(cloud));
    }

    @Override
    public Optional<Maintenance> maintenance() {
        return Optional.of(new LxdMaintenance(cloud));
    }

    @Override
    public Optional<CurrentVm> currentVm() {
        return GuestApi.find();
    }

    @Override
    public void close() {
        client.close();
    }
}
