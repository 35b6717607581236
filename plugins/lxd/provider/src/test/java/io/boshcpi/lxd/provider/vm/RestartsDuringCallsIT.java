package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.Lab;
import io.boshcpi.lxd.provider.testing.OnRealServers;
import io.boshcpi.lxd.provider.testing.ServerProcess;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskHint;
import io.boshcpi.spi.DiskRequest;
import io.boshcpi.spi.Maintenance;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import io.boshcpi.spi.VmCid;
import io.boshcpi.spi.VmRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The server's daemon goes away and comes back, again and again, while two Directors' workers make and remove VMs with
 * disks. A call that fails is made again, as a Director does; in the end everything is gone.
 */
@OnRealServers
final class RestartsDuringCallsIT {
    private static final int WORKERS = 2;
    private static final int ROUNDS = 2;
    private static final int RESTARTS = 4;
    /** A Director tries a VM five times, and an operator runs a failed task again. */
    private static final int MAX_ATTEMPTS = 10;

    private final RealServer server;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    RestartsDuringCallsIT(RealServer server) {
        this.server = server;
    }

    @Test
    void nothingIsLostOrLeft() {
        ServerProcess process = new ServerProcess(server);
        try (Lab lab = new Lab(server)) {
            StemcellCid stemcell = lab.provider
                    .stemcells()
                    .create(
                            lab.call,
                            new StemcellImage(
                                    RealServer.stemcell("tiny-runit"),
                                    Harness.properties(Map.of("name", "it-tiny-runit", "version", "1")),
                                    Map.of()));
            List<CompletableFuture<Void>> workers = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                String address = server.address(201 + worker);
                workers.add(CompletableFuture.runAsync(() -> work(lab, stemcell, address)));
            }

            for (int restart = 0; restart < RESTARTS && !allDone(workers); restart++) {
                int before = done.get() + failed.get();
                Lab.await("another call to end", () -> done.get() + failed.get() > before || allDone(workers));
                if (restart % 2 == 0) {
                    process.restart();
                } else {
                    process.kill();
                    process.start();
                }
            }

            workers.forEach(CompletableFuture::join);
            assertThat(done.get()).isEqualTo(WORKERS * ROUNDS * 6);
            lab.provider.maintenance().orElseThrow().remove(lab.call, ownLeftovers(lab));
            assertThat(ownLeftovers(lab)).isEmpty();
        }
    }

    private void work(Lab lab, StemcellCid stemcell, String address) {
        for (int round = 0; round < ROUNDS; round++) {
            List<NetworkSpec> networks = List.of(Harness.manual("default", address, server.get("GATEWAY"), Map.of()));
            VmRequest request = Harness.vm(stemcell, Map.of("ephemeral_disk", 64), networks);
            VmCid vm = repeat(() -> lab.provider.vms().create(lab.call, request).cid());
            DiskCid disk = repeat(() -> lab.provider
                    .disks()
                    .create(lab.call, new DiskRequest(64, Harness.properties(Map.of()), Optional.of(vm))));
            repeat(() -> attach(lab, vm, disk));
            repeat(() -> {
                lab.provider.disks().detach(lab.call, vm, disk);
                return true;
            });
            repeat(() -> {
                lab.provider.vms().delete(lab.call, vm);
                return true;
            });
            repeat(() -> {
                lab.provider.disks().delete(lab.call, disk);
                return true;
            });
            LxdSession lxd = lab.lxd();
            assertThat(repeatRead(() -> lxd.instances().find(vm.value()).isPresent()))
                    .isFalse();
        }
    }

    /** Restarts the VM if that is what the error says. */
    private static DiskHint attach(Lab lab, VmCid vm, DiskCid disk) {
        try {
            return lab.provider.disks().attach(lab.call, vm, disk);
        } catch (CpiException e) {
            if (e.getMessage().contains("has left it mounted until the VM stops: restart the VM")) {
                lab.provider.vms().reboot(lab.call, vm);
            }
            throw e;
        }
    }

    private <T> T repeat(Supplier<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                T result = call.get();
                done.incrementAndGet();
                return result;
            } catch (CpiException e) {
                failed.incrementAndGet();
                if (attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static <T> T repeatRead(Supplier<T> read) {
        List<T> seen = new ArrayList<>();
        Lab.await("the server", () -> seen.add(read.get()));
        return seen.get(0);
    }

    private static boolean allDone(List<CompletableFuture<Void>> workers) {
        return workers.stream().allMatch(CompletableFuture::isDone);
    }

    private static List<Maintenance.Leftover> ownLeftovers(Lab lab) {
        return lab.provider.maintenance().orElseThrow().leftovers(lab.call).stream()
                .filter(leftover -> leftover.directorUuid().equals(lab.call.directorUuid()))
                .toList();
    }
}
