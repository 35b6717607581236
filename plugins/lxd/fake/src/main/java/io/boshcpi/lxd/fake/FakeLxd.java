package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.fake.guest.Guest;
import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import io.boshcpi.lxd.fake.rules.DriverRules;
import io.boshcpi.lxd.fake.rules.InstanceRules;
import io.boshcpi.lxd.fake.server.CertificatesApi;
import io.boshcpi.lxd.fake.server.ExecApi;
import io.boshcpi.lxd.fake.server.Faults;
import io.boshcpi.lxd.fake.server.FilesApi;
import io.boshcpi.lxd.fake.server.ImagesApi;
import io.boshcpi.lxd.fake.server.InstanceCreation;
import io.boshcpi.lxd.fake.server.InstanceStateApi;
import io.boshcpi.lxd.fake.server.InstancesApi;
import io.boshcpi.lxd.fake.server.NetworksApi;
import io.boshcpi.lxd.fake.server.Operations;
import io.boshcpi.lxd.fake.server.OperationsApi;
import io.boshcpi.lxd.fake.server.PoolsApi;
import io.boshcpi.lxd.fake.server.ProfilesApi;
import io.boshcpi.lxd.fake.server.ProjectsApi;
import io.boshcpi.lxd.fake.server.Reply;
import io.boshcpi.lxd.fake.server.Request;
import io.boshcpi.lxd.fake.server.RequestLog;
import io.boshcpi.lxd.fake.server.Router;
import io.boshcpi.lxd.fake.server.ServerApi;
import io.boshcpi.lxd.fake.server.SnapshotsApi;
import io.boshcpi.lxd.fake.server.Trust;
import io.boshcpi.lxd.fake.server.VolumesApi;
import io.boshcpi.lxd.spi.StorageDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A stateful imitation of LXD 5.0.2 or Incus 6.0.4 in memory, for tests that need no real server.
 *
 * <p>It answers the requests that the client sends, and no others, as recorded on the real servers, with their codes, texts
 * and differences ({@link Dialect}).
 *
 * <p>Not imitated: anything inside a guest beyond its files and what {@link Guest} says; the content of volumes; enforcement
 * of quotas. Device types other than disk and nic are checked for their options only. What zfs, lvm and ceph pools and
 * virtual machines do is taken from documentation, since the recordings are of dir, btrfs and containers. Operations end
 * before their request is answered.
 *
 * <p>An instance is independent of all others and safe for use by several threads. {@link FakeLxdServer} listens for it.
 */
public final class FakeLxd {
    /** The default size of a pool: a test never fills it by accident. */
    private static final long DEFAULT_SIZE = 1L << 40;

    private final State state;
    private final Operations operations;
    private final Faults faults = new Faults();
    private final RequestLog requests = new RequestLog();
    private final Router router;
    private final Trust trust;

    private FakeLxd(Builder builder) {
        state = new State(builder.dialect, builder.virtualMachines);
        operations = new Operations(state, builder.dialect, builder.operationLifetime);
        trust = new Trust(state);
        router = new Router(state);
        new ServerApi(state, trust).register(router);
        new CertificatesApi(state).register(router);
        new OperationsApi(state, operations).register(router);
        new ProjectsApi(state).register(router);
        new ProfilesApi(state).register(router);
        new ImagesApi(state, operations).register(router);
        new PoolsApi(state, trust).register(router);
        new VolumesApi(state, operations).register(router);
        new SnapshotsApi(state, operations).register(router);
        new NetworksApi(state, trust).register(router);
        InstanceRules rules = new InstanceRules(state);
        new InstanceCreation(state, operations, rules).register(router);
        new InstancesApi(state, operations, rules).register(router);
        new InstanceStateApi(state, operations).register(router);
        new FilesApi(state).register(router);
        new ExecApi(state, operations).register(router);
        builder.initial.forEach(step -> step.accept(this));
    }

    /** A server of this dialect with nothing but the default project and profile; add pools and networks. */
    public static Builder builder(Dialect dialect) {
        return new Builder(dialect);
    }

    /**
     * A server as the test servers of this project are: a btrfs pool {@code default}, a dir pool {@code dir}, and the
     * bridge {@code fakebr0} with 10.77.1.1/24.
     */
    public static FakeLxd of(Dialect dialect) {
        return builder(dialect)
                .pool("default", "btrfs")
                .pool("dir", "dir")
                .network("fakebr0", "10.77.1.1/24")
                .build();
    }

    /** Collects what a server has from its start. */
    public static final class Builder {
        private final Dialect dialect;
        private final List<Consumer<FakeLxd>> initial = new ArrayList<>();
        private boolean virtualMachines = true;
        private Duration operationLifetime = Duration.ofSeconds(5);

        private Builder(Dialect dialect) {
            this.dialect = dialect;
        }

        /** A storage pool of 1 TiB. */
        public Builder pool(String name, String driver) {
            return pool(name, driver, DEFAULT_SIZE);
        }

        /** A storage pool of this many bytes. */
        public Builder pool(String name, String driver, long bytes) {
            if (!DriverRules.knows(driver)) {
                throw new IllegalArgumentException("unknown storage driver " + driver);
            }
            return pool(name, driver, bytes, Set.of());
        }

        /** A storage pool of 1 TiB with a driver that the servers do not have; its volumes take the driver's options. */
        public Builder pool(String name, StorageDriver driver) {
            if (DriverRules.knows(driver.name())) {
                return pool(name, driver.name());
            }
            return pool(name, driver.name(), DEFAULT_SIZE, driver.options().names());
        }

        private Builder pool(String name, String driver, long bytes, Set<String> moreOptions) {
            initial.add(lxd -> lxd.state.pools.put(name, new Model.Pool(name, driver, bytes, moreOptions)));
            return this;
        }

        /** A managed bridge of the default project, with the bridge's address in CIDR form. */
        public Builder network(String name, String address) {
            Map<String, String> config = Map.of("ipv4.address", address, "ipv4.nat", "true", "ipv6.address", "none");
            initial.add(lxd -> lxd.state.put(new Model.Network(name, "default", "bridge", config)));
            return this;
        }

        /** A project with the default features and this configuration. */
        public Builder project(String name, Map<String, String> config) {
            initial.add(lxd -> {
                Map<String, String> all = new TreeMap<>(dialect.projectFeatures());
                all.putAll(config);
                lxd.state.projects.put(name, new Model.Project(name, all));
            });
            return this;
        }

        /** A server without qemu: virtual machines are refused. */
        public Builder withoutVirtualMachines() {
            virtualMachines = false;
            return this;
        }

        /** How long an operation is known after its end; five seconds unless set. */
        public Builder operationLifetime(Duration time) {
            operationLifetime = time;
            return this;
        }

        /** The server, not listening yet. */
        public FakeLxd build() {
            return new FakeLxd(this);
        }
    }

    /** The requests so far. */
    public RequestLog requests() {
        return requests;
    }

    /** What is to go wrong. */
    public Faults faults() {
        return faults;
    }

    /** The guest of an instance of the default project. */
    public Guest guest(String instance) {
        return guest("default", instance);
    }

    /** The guest of an instance. */
    public Guest guest(String project, String instance) {
        synchronized (state) {
            Instance found = state.findInstance(project, instance);
            if (found == null) {
                throw new IllegalArgumentException("there is no instance " + instance + " in project " + project);
            }
            return found.guest;
        }
    }

    /** Fails the next start of a container for a reason of LXC's, as its log has it. */
    public void failNextStart(String reason) {
        state.startFailures.add(reason);
    }

    /** Leaves no free space in a pool: volumes, snapshots, copies and instances can no longer be made in it. */
    public void fillPool(String name) {
        synchronized (state) {
            Model.Pool pool = state.pool(name);
            pool.usedBytes = pool.totalBytes;
        }
    }

    /** Trusts a client without restriction. */
    public void trust(Identity client) {
        trust(client, false, List.of());
    }

    /** Trusts a client with nothing but these projects. */
    public void trustRestricted(Identity client, String... projects) {
        trust(client, true, List.of(projects));
    }

    private void trust(Identity client, boolean restricted, List<String> projects) {
        synchronized (state) {
            String fingerprint = client.fingerprint();
            state.certificates.put(fingerprint, new Model.Certificate(fingerprint, restricted, projects));
        }
    }

    /** As a crash and restart of the server: it forgets all operations. */
    void restart() {
        synchronized (state) {
            operations.forget();
            state.allInstances().forEach(Instance::idle);
        }
    }

    /** The requests that it answers, in the form {@code "GET /1.0/instances/{name}"}. */
    public List<String> routes() {
        return router.routes();
    }

    boolean streams(String method, String path) {
        return router.streams(method, path);
    }

    Reply handle(Request request) {
        try {
            synchronized (state) {
                trust.check(request);
            }
        } catch (ApiError e) {
            return Reply.error(e);
        }
        return router.handle(request);
    }

    static String fingerprint(byte[] der) {
        return HexFormat.of().formatHex(Json.sha256().digest(der));
    }
}
