package io.boshcpi.conformance.rules;

import io.boshcpi.conformance.cloud.Vms.Order;
import io.boshcpi.conformance.cloud.World;
import io.boshcpi.conformance.verdict.Expect;
import io.boshcpi.conformance.wire.Exchange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Calls at once, as the workers of a Director make them. */
final class ConcurrencyRules {
    private static final int INFO_CALLS = 8;

    private ConcurrencyRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "concurrency.info",
                        "Calls of info at once all succeed",
                        Sources.WORKERS,
                        ConcurrencyRules::info),
                new Rule(
                        "concurrency.vms",
                        "Calls of create_vm at once give VMs of their own, and calls of delete_vm at once remove them",
                        Sources.WORKERS,
                        ConcurrencyRules::vms),
                new Rule(
                        "concurrency.disks",
                        "Calls of create_disk at once give disks of their own, and calls of delete_disk at once remove them",
                        Sources.WORKERS,
                        ConcurrencyRules::disks));
    }

    private static void info(World world) {
        List<Integer> calls = new ArrayList<>();
        for (int i = 0; i < INFO_CALLS; i++) {
            calls.add(i);
        }
        for (Exchange exchange :
                atOnce(calls, call -> world.callers().director().call("info"))) {
            Expect.success(exchange, "a result");
        }
    }

    private static void vms(World world) {
        world.stemcells().stemcell().cid();
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < world.settings().vmsAtOnce(); i++) {
            orders.add(world.vms().order());
        }
        List<String> vms = distinct(
                atOnce(orders, order -> world.vms().create(world.callers().director(), order)), VmRules::created);
        for (String vm : vms) {
            Expect.flag(true, world.callers().director().call("has_vm", vm), "the result true");
        }
        for (Exchange exchange :
                atOnce(vms, vm -> world.vms().delete(world.callers().director(), vm))) {
            Expect.success(exchange, "success");
        }
        for (String vm : vms) {
            Expect.flag(false, world.callers().director().call("has_vm", vm), "the result false");
        }
    }

    private static void disks(World world) {
        world.vms().vm().cid();
        List<Integer> calls = new ArrayList<>();
        for (int i = 0; i < world.settings().vmsAtOnce(); i++) {
            calls.add(i);
        }
        List<String> disks = distinct(atOnce(calls, call -> world.disks().create()), DiskRules::created);
        for (Exchange exchange :
                atOnce(disks, disk -> world.callers().director().call("delete_disk", disk))) {
            Expect.success(exchange, "success");
        }
    }

    private static List<String> distinct(List<Exchange> exchanges, Function<Exchange, String> cid) {
        List<String> cids = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Exchange exchange : exchanges) {
            String made = cid.apply(exchange);
            Expect.that(seen.add(made), exchange, "a CID that no other call got");
            cids.add(made);
        }
        return cids;
    }

    private static <T> List<Exchange> atOnce(List<T> inputs, Function<T, Exchange> call) {
        ExecutorService threads = Executors.newFixedThreadPool(inputs.size());
        try {
            List<Callable<Exchange>> calls = new ArrayList<>();
            inputs.forEach(input -> calls.add(() -> call.apply(input)));
            List<Exchange> exchanges = new ArrayList<>();
            for (Future<Exchange> future : threads.invokeAll(calls)) {
                exchanges.add(future.get());
            }
            return exchanges;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            threads.shutdown();
        }
    }
}
