package io.boshcpi.distribution.faults;

import io.boshcpi.core.testing.TestHost.Answer;
import io.boshcpi.lxd.fake.proxy.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Runs cells: a call of a Director in which one request meets a fault, and then what a Director does. A call that failed
 * is made again, with the same arguments; what it made is confirmed; everything is deleted by its CID. In between the
 * operator looks at what is there, lets {@code gc} remove what it finds, and looks again.
 */
final class FaultMatrix implements AutoCloseable {
    /** A call that nothing disturbed: its requests, and what is there afterwards. */
    private record Undisturbed(List<String> requests, SortedSet<String> view) {}

    /** How a cell ended, and what was seen. */
    record Result(Cell cell, String request, Outcome outcome, String seen) {
        @Override
        public String toString() {
            return cell.method().title() + ", request " + cell.step() + " (" + request + "), " + cell.row() + ": "
                    + outcome + "\n    " + seen;
        }
    }

    private final List<Site> sites;
    private final BlockingQueue<Site> idle;
    private final ExecutorService threads;
    /** Processes take processor time, which calls in the test's own process hardly do. */
    private final Semaphore processes = new Semaphore(Runtime.getRuntime().availableProcessors() + 1);

    private final Map<Method, Undisturbed> undisturbed = new EnumMap<>(Method.class);

    /** Runs one cell at each site at once. Closes the sites itself if it fails, and otherwise with {@link #close}. */
    FaultMatrix(List<Site> sites) throws InterruptedException, ExecutionException, IOException {
        this.sites = sites;
        this.idle = new ArrayBlockingQueue<>(sites.size(), false, sites);
        this.threads = Executors.newFixedThreadPool(sites.size());
        boolean ready = false;
        try {
            rehearse(true);
            rehearse(false);
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    /** Networks on their own: Incus fails to make one while a container's interface goes away (6.0.4). */
    private void rehearse(boolean networks) throws InterruptedException, ExecutionException {
        Map<Method, Future<Undisturbed>> calls = new EnumMap<>(Method.class);
        for (Method method : Method.values()) {
            boolean possible = sites.get(0).runsMachines() || !method.concernsMachines();
            if (possible && method.concernsNetworks() == networks) {
                calls.put(method, onSite(site -> rehearse(method, site)));
            }
        }
        for (Map.Entry<Method, Future<Undisturbed>> call : calls.entrySet()) {
            undisturbed.put(call.getKey(), call.getValue().get());
        }
    }

    /** All cells there are. */
    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            List<Cell.Host> hosts =
                    fault.isKill() ? List.of(Cell.Host.RESIDENT, Cell.Host.COLD) : List.of(Cell.Host.TEST);
            undisturbed.forEach((method, call) -> {
                for (int step = 1; step <= call.requests().size(); step++) {
                    boolean waits = call.requests().get(step - 1).startsWith("GET /1.0/operations/");
                    for (Cell.Host host : hosts) {
                        if (waits || fault != Fault.OPERATION_FAILED) {
                            cells.add(new Cell(method, step, fault, host));
                        }
                    }
                }
            });
        }
        return cells;
    }

    /** Runs them all. */
    List<Result> run(List<Cell> cells) throws InterruptedException, ExecutionException {
        List<Future<Result>> running = new ArrayList<>();
        for (Cell cell : cells) {
            running.add(onSite(site -> run(cell, site)));
        }
        List<Result> results = new ArrayList<>();
        for (Future<Result> result : running) {
            results.add(result.get());
        }
        return results;
    }

    /** Work at a site. */
    private interface Work<T> {
        T at(Site site) throws Exception;
    }

    private <T> Future<T> onSite(Work<T> work) {
        Callable<T> task = () -> {
            Site site = idle.take();
            try {
                return work.at(site);
            } finally {
                site.proxy.disarm();
                site.clear();
                idle.add(site);
            }
        };
        return threads.submit(task);
    }

    private static Undisturbed rehearse(Method method, Site site) {
        Director director = new Director(site);
        method.before().forEach(director::expect);
        site.proxy.watch();
        Answer answer = director.callAnew(method, Map.of());
        List<String> requests = site.proxy.disarm();
        require(!Director.failed(answer), method, answer.stdout() + answer.stderr());
        confirm(method, director);
        SortedSet<String> view = director.view();
        require(site.leftovers().isEmpty(), method, "gc finds " + site.leftovers());
        director.tidyUp();
        require(site.contents().isEmpty(), method, "left is " + site.contents());
        return new Undisturbed(requests, view);
    }

    private static void require(boolean condition, Method method, String found) {
        if (!condition) {
            throw new IllegalStateException(method + " without any fault: " + found);
        }
    }

    private static void confirm(Method method, Director director) {
        Method confirmation = method.confirmation();
        if (confirmation != null) {
            director.expect(confirmation);
        }
    }

    private Result run(Cell cell, Site site) throws Exception {
        Undisturbed usual = java.util.Objects.requireNonNull(undisturbed.get(cell.method()));
        Director director = new Director(site);
        Judge judge = new Judge(site, director);
        String request = usual.requests().get(cell.step() - 1);
        try {
            cell.method().before().forEach(director::expect);
            String first = disturbed(cell, site, director);
            judge.note("first: " + first);
            site.proxy.disarm();
            if (!first.isEmpty() && !repeated(cell.method(), director, judge)) {
                judge.add(Outcome.LOST, "for ever");
            } else {
                confirm(cell.method(), director);
                judge.compare(usual.view());
            }
            director.tidyUp();
            judge.compare(new TreeSet<>());
        } catch (IllegalStateException e) {
            judge.add(Outcome.LOST, String.valueOf(e.getMessage()));
        }
        return new Result(cell, request, judge.outcome(), judge.seen());
    }

    /** Makes the call that meets the fault. Returns its error, or nothing if it succeeded. */
    private String disturbed(Cell cell, Site site, Director director) throws Exception {
        if (cell.fault().isKill()) {
            processes.acquire();
            try {
                director.callInProcess(cell.method(), cell.host() == Cell.Host.RESIDENT, cell.fault(), cell.step());
            } finally {
                processes.release();
            }
            return "killed";
        }
        site.proxy.arm(cell.fault(), cell.step(), () -> {});
        Map<String, Object> context = cell.fault().isHang() ? Map.of("call_timeout", site.hangSeconds) : Map.of();
        Answer answer = director.callAnew(cell.method(), context);
        return Director.failed(answer) ? String.valueOf(answer.error()) : "";
    }

    private static boolean repeated(Method method, Director director, Judge judge) {
        Answer again = director.call(method);
        if (!Director.failed(again)) {
            return true;
        }
        judge.add(Outcome.REPEAT_FAILS, "again: " + again.error());
        judge.collect();
        return !Director.failed(director.call(method));
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (Site site : sites) {
            site.close();
        }
    }
}
