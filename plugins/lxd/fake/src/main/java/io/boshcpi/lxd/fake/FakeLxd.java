package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.fake.guest.Guest;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import io.boshcpi.lxd.fake.server.Api;
import io.boshcpi.lxd.fake.server.Faults;
import io.boshcpi.lxd.fake.server.Reply;
import io.boshcpi.lxd.fake.server.Request;
import io.boshcpi.lxd.fake.server.RequestLog;
import io.boshcpi.lxd.spi.StorageDriver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A stateful imitation of LXD 5.0.2 or Incus 6.0.4 in memory, for tests that need no real server.
 *
 * <p>It answers the requests that the client sends, and no others, as recorded on the real servers, with their codes,
 * texts and differences ({@link Dialect}).
 *
 * <p>Not imitated: anything inside a guest beyond its files and what {@link Guest} says; the content of volumes;
 * enforcement of quotas and full pools; devices other than disks and interfaces; virtual machines. What options volumes
 * of zfs, lvm and ceph have is taken from documentation, since the recordings are of dir and btrfs. Operations end
 * before their request is answered.
 *
 * <p>An instance is independent of all others and safe for use by several threads. {@link FakeLxdServer} listens for
 * it.
 */
public final class FakeLxd {
    /** The default size of a pool: a test never fills it by accident. */
    private static final long DEFAULT_SIZE = 1L << 40;

    private final State state;
    private final Api api;
    private final Faults faults = new Faults();
    private final RequestLog requests = new RequestLog();

    private FakeLxd(State state, Duration operationLifetime) {
        this.state = state;
        this.api = new Api(state, operationLifetime);
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
        private final State state;
        private Duration operationLifetime = Duration.ofSeconds(5);

        private Builder(Dialect dialect) {
            state = new State(dialect);
        }

        /** A storage pool of 1 TiB. */
        public Builder pool(String name, String driver) {
            return pool(name, driver, DEFAULT_SIZE);
        }

        /** A storage pool of this many bytes. */
        public Builder pool(String name, String driver, long bytes) {
            state.pools.put(name, new Model.Pool(name, driver, bytes, Set.of()));
            return this;
        }

        /** A storage pool of 1 TiB; if the servers do not have the driver, volumes take the options that it names. */
        public Builder pool(String name, StorageDriver driver) {
            state.pools.put(
                    name,
                    new Model.Pool(
                            name, driver.name(), DEFAULT_SIZE, driver.options().names()));
            return this;
        }

        /** A managed bridge of the default project, with the bridge's address in CIDR form. */
        public Builder network(String name, String address) {
            Map<String, String> config = Map.of("ipv4.address", address, "ipv4.nat", "true", "ipv6.address", "none");
            state.networks.put("default", name, new Model.Network(name, "default", "bridge", new TreeMap<>(config)));
            return this;
        }

        /** A project with the default features and this configuration. */
        public Builder project(String name, Map<String, String> config) {
            state.addProject(name, config);
            return this;
        }

        /** A member of the cluster that the server is the first member of, with its groups. */
        public Builder member(String name, String... groups) {
            state.cluster.add(name, List.of(groups));
            return this;
        }

        /** A member of the cluster that is listed as down. */
        public Builder memberThatIsDown(String name) {
            state.cluster.add(name, List.of());
            state.cluster.setOffline(name);
            return this;
        }

        /** How long an operation is known after its end; five seconds unless set. */
        public Builder operationLifetime(Duration time) {
            operationLifetime = time;
            return this;
        }

        /** The server, not listening yet. */
        public FakeLxd build() {
            return new FakeLxd(state, operationLifetime);
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
        synchronized (state) {
            return state.instance("default", instance).guest;
        }
    }

    /** Fails the next start of a container for a reason of LXC's, as its log has it. */
    public void failNextStart(String reason) {
        state.startFailures.add(reason);
    }

    /** Gives an image a name, as an operator does. */
    public void alias(String name, String fingerprint) {
        synchronized (state) {
            state.aliases.put(name, fingerprint);
        }
    }

    /** Lets copies of volumes take this long from now on. */
    public void copyVolumesFor(Duration time) {
        synchronized (state) {
            state.copyTime = time;
        }
    }

    /** Leaves no free space in a pool, as far as its resources tell. */
    public void fillPool(String name) {
        synchronized (state) {
            state.pools.put(name, state.pool(name).full());
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

    /** The requests that it answers, in the form {@code "GET /1.0/instances/{name}"}. */
    public List<String> routes() {
        return api.routes();
    }

    Reply handle(Request request) {
        return api.handle(request);
    }
}
