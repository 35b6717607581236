package io.boshcpi.lxd.provider.testing;

import io.boshcpi.lxd.client.LxdClient;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.fake.FakeLxd;
import io.boshcpi.lxd.fake.FakeLxdServer;
import io.boshcpi.lxd.fake.TestDisks;
import io.boshcpi.lxd.fake.TestTar;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.proxy.FaultProxy;
import io.boshcpi.lxd.provider.stemcell.StemcellTraits;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskRequest;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import io.boshcpi.spi.VmCid;
import io.boshcpi.spi.VmRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pf4j.ExtensionPoint;

/** The provider on a server in memory, with a pool of each storage driver. */
public final class OnFakeLxd implements AutoCloseable {
    public static final List<String> DRIVERS = List.of("dir", "btrfs", "zfs", "lvm", "ceph");

    public final FakeLxd lxd;
    public final CloudProvider provider;
    public final Call call = Harness.call("11111111-2222-4333-8444-555555555555");
    private final FakeLxdServer server;
    private final LxdClient client;
    private final Path folder;

    public OnFakeLxd(Dialect dialect) throws IOException {
        this(dialect, List.of());
    }

    /** With further extensions of sub-plugins, and a pool of each storage driver among them. */
    public OnFakeLxd(Dialect dialect, List<? extends ExtensionPoint> extensions) throws IOException {
        this(FakeLxd.builder(dialect), extensions);
    }

    /** The first member of a cluster of three: n1 and n3 are in the group odd, n2 in even. */
    public static OnFakeLxd cluster(Dialect dialect) throws IOException {
        return new OnFakeLxd(
                FakeLxd.builder(dialect)
                        .member("n1", "default", "odd")
                        .member("n2", "default", "even")
                        .member("n3", "default", "odd"),
                List.of());
    }

    /** Stands between the server and {@link #through}. */
    public FaultProxy proxy() {
        return new FaultProxy(folder.resolve("proxy"), folder.resolve("socket"));
    }

    /** A provider that reaches the server through the {@link #proxy}. */
    public CloudProvider through() {
        return Harness.provider(
                Map.of("socket", folder.resolve("proxy").toString(), "network", "fakebr0", "storage_pool", "btrfs"));
    }

    private OnFakeLxd(FakeLxd.Builder builder, List<? extends ExtensionPoint> extensions) throws IOException {
        builder.network("fakebr0", "10.77.1.1/24");
        for (String driver : DRIVERS) {
            builder.pool(driver, driver);
        }
        for (ExtensionPoint extension : extensions) {
            if (extension instanceof StorageDriver driver) {
                builder.pool(driver.name(), driver);
            }
        }
        lxd = builder.build();
        folder = Files.createTempDirectory("fake-lxd");
        Path socket = folder.resolve("socket");
        server = FakeLxdServer.onUnixSocket(lxd, socket);
        client = LxdClient.of(Endpoint.unix(socket.toString()));
        provider = Harness.provider(
                Map.of("socket", socket.toString(), "network", "fakebr0", "storage_pool", "btrfs"), extensions);
    }

    /** The server as an operator sees it. */
    public LxdSession operator() {
        return client.session("default", Duration.ofMinutes(1));
    }

    public StemcellCid stemcell() throws IOException {
        return stemcell(StemcellTraits.Init.RUNIT);
    }

    public StemcellCid stemcell(StemcellTraits.Init init) throws IOException {
        return stemcell(init, "1");
    }

    /** The same content under another version. */
    public StemcellCid stemcell(String version) throws IOException {
        return stemcell(StemcellTraits.Init.RUNIT, version);
    }

    private StemcellCid stemcell(StemcellTraits.Init init, String version) throws IOException {
        Path image = folder.resolve("image");
        TestTar rootfs = new TestTar();
        for (String directory : List.of(
                "var",
                "var/vcap",
                "var/vcap/bosh",
                "var/vcap/bosh/bin",
                "usr",
                "usr/sbin",
                "usr/local",
                "usr/local/sbin",
                "etc",
                "etc/service",
                "etc/systemd",
                "etc/systemd/system",
                "warden-cpi-dev")) {
            rootfs.directory(directory);
        }
        rootfs.file(
                "var/vcap/bosh/agent.json",
                0644,
                "{\"Platform\":{\"Linux\":{\"BindMountPersistentDisk\":true}},\"Infrastructure\":{\"Settings\":{\"Sources\":"
                        + "[{\"Type\":\"File\",\"SettingsPath\":\"/var/vcap/bosh/warden-cpi-agent-env.json\"}]}}}");
        if (init == StemcellTraits.Init.RUNIT) {
            rootfs.file("usr/sbin/runsvdir-start", 0755, "#!/bin/sh\n");
        } else {
            rootfs.file("etc/systemd/system/bosh-agent.service", 0644, "[Service]\n");
            rootfs.directory("sbin");
            rootfs.file("sbin/init", 0755, "systemd");
        }
        Files.write(image, rootfs.gzipped());
        return provider.stemcells()
                .create(
                        call,
                        new StemcellImage(
                                image, Harness.properties(Map.of("name", "tiny", "version", version)), Map.of()));
    }

    /** A stemcell for virtual machines. */
    public StemcellCid machineStemcell(byte[] disk) throws IOException {
        Path image = TestDisks.archive(folder.resolve("image"), Map.of("root.img", TestDisks.qcow2(disk)));
        Map<String, String> properties = Map.of("name", "machine", "version", "1", "disk_format", "qcow2");
        return provider.stemcells().create(call, new StemcellImage(image, Harness.properties(properties), Map.of()));
    }

    public VmCid vm(StemcellCid stemcell, Map<String, ?> properties) {
        return vm(stemcell, properties, "10.77.1.20", Map.of());
    }

    /** A VM that is to get these disks. */
    public VmCid vm(StemcellCid stemcell, Map<String, ?> properties, List<DiskCid> disks) {
        return vm(provider, stemcell, properties, disks);
    }

    /** The same by another provider. */
    public VmCid vm(CloudProvider maker, StemcellCid stemcell, Map<String, ?> properties, List<DiskCid> disks) {
        VmRequest request = Harness.vm(
                stemcell, properties, List.of(Harness.manual("default", "10.77.1.21", "10.77.1.1", Map.of())));
        return maker.vms()
                .create(
                        call,
                        new VmRequest(
                                request.agent(), request.stemcell(), request.properties(), request.networks(), disks))
                .cid();
    }

    public VmCid vm(StemcellCid stemcell, Map<String, ?> properties, String address, Map<String, ?> ofNetwork) {
        List<NetworkSpec> networks = List.of(Harness.manual("default", address, "10.77.1.1", ofNetwork));
        return provider.vms()
                .create(call, Harness.vm(stemcell, properties, networks))
                .cid();
    }

    public DiskCid disk(long mib, Map<String, ?> properties) {
        return provider.disks().create(call, new DiskRequest(mib, Harness.properties(properties), Optional.empty()));
    }

    /** A provider as another process has it, without the locks of this one. */
    public CloudProvider anotherProcess() {
        return anotherProcess(Map.of());
    }

    /** The same with further configuration. */
    public CloudProvider anotherProcess(Map<String, ?> config) {
        Path other = folder.resolve(".").resolve("socket"); // another name of the same socket
        Map<String, Object> all = new HashMap<>(config);
        all.putAll(Map.of("socket", other.toString(), "network", "fakebr0", "storage_pool", "btrfs"));
        return Harness.provider(all);
    }

    /** What the server was asked since the last look, one request a line. */
    public List<String> requests() {
        List<String> lines = new ArrayList<>(lxd.requests().lines());
        lxd.requests().clear();
        return lines;
    }

    @Override
    public void close() throws IOException {
        provider.close();
        client.close();
        server.close();
        Files.deleteIfExists(folder.resolve("image"));
        Files.deleteIfExists(folder.resolve("socket"));
        Files.delete(folder);
    }
}
