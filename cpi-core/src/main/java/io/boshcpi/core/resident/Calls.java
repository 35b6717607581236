package io.boshcpi.core.resident;

import io.boshcpi.core.call.Caller;
import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.LogLevel;
import io.boshcpi.core.log.Redactor;
import io.boshcpi.core.rpc.CpiResponse;
import io.boshcpi.core.status.CallMetrics;
import io.boshcpi.core.status.CallUnderWay;
import io.boshcpi.core.status.HostStatus;
import io.boshcpi.core.status.Refusal;
import io.boshcpi.spi.ErrorType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls in parallel: a bounded number at once, while a bounded number waits, all of them with a bounded amount of
 * memory for their requests. Others are not admitted.
 */
final class Calls {
    private static final int MAX_THREADS = 64;
    private static final int MAX_WAITING = 192;
    private static final int STACK_BYTES = 512 << 10;
    private static final int IDLE_SECONDS = 30;

    private final Hosts hosts;
    private final CallLog log;
    private final CallMetrics metrics = new CallMetrics();
    private final Semaphore places = new Semaphore(MAX_THREADS + MAX_WAITING);
    private final Semaphore memory;
    private final int memoryKib;
    private final ThreadPoolExecutor threads;

    /** Calls whose requests may take three eighths of the heap. The rest is for the host and the servers' answers. */
    Calls(Hosts hosts, CallLog log) {
        this(hosts, log, (int) Math.min(Runtime.getRuntime().maxMemory() / 8 * 3 / 1024, Integer.MAX_VALUE));
    }

    /** Calls whose requests may take so many KiB of memory together. */
    Calls(Hosts hosts, CallLog log, int memoryKib) {
        this.hosts = hosts;
        this.log = log;
        this.memoryKib = memoryKib;
        this.memory = new Semaphore(memoryKib);
        Queue queue = new Queue();
        this.threads = new ThreadPoolExecutor(
                0,
                MAX_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                queue,
                work -> new Thread(null, work, "call", STACK_BYTES),
                (work, executor) -> queue.put(work));
    }

    /** An executor starts a thread when its queue refuses: so it does whenever no thread is idle, up to the most. */
    private static final class Queue extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable work) {
            return tryTransfer(work);
        }
    }

    /** Takes a place and memory for a call. Returns why there is none; {@code null} if there is. */
    @Nullable
    Objection objection(RequestSize size) {
        if (!memory.tryAcquire(size.memoryKib())) {
            return new Objection(Refusal.MEMORY, "the host has no memory for the request");
        } else if (!places.tryAcquire()) {
            memory.release(size.memoryKib());
            return new Objection(Refusal.CALLS, "the host has too many calls under way");
        }
        return null;
    }

    /** Gives back the place and the memory of a call that has ended, or does not come. */
    void dismiss(RequestSize size) {
        memory.release(size.memoryKib());
        places.release();
    }

    CallMetrics metrics() {
        return metrics;
    }

    HostStatus.Queue queue() {
        int reserved = memoryKib - memory.availablePermits();
        return new HostStatus.Queue(threads.getQueue().size(), MAX_THREADS, MAX_WAITING, reserved, memoryKib);
    }

    boolean isIdle() {
        return places.availablePermits() == MAX_THREADS + MAX_WAITING;
    }

    /**
     * Answers a call that was admitted, closes its connection and gives back its place and memory.
     *
     * @param then what to do after that
     */
    void answer(Connection connection, Greeting caller, Runnable then) {
        CallUnderWay call = new CallUnderWay();
        threads.execute(() -> {
            try (connection) {
                connection.output().end(response(connection, caller, call));
            } catch (IOException e) {
                log.log(LogLevel.INFO, "A launcher did not wait for its response: " + e.getMessage());
            } finally {
                dismiss(caller.size());
                then.run();
            }
        });
    }

    /** No failure of a call ends the host. Out of memory does, by an option of its JVM. */
    private byte[] response(Connection connection, Greeting caller, CallUnderWay call) {
        metrics.begin(call);
        @Nullable ErrorType error = ErrorType.CPI_ERROR;
        try (Hosts.Loaded loaded = hosts.take()) {
            Redactor redactor = new Redactor();
            CallLog callLog = new CallLog(connection.output().log(), redactor);
            CpiResponse response = loaded.host()
                    .answer(connection.request(), new Caller(Path.of(caller.folder()), callLog, redactor, call));
            byte[] bytes = response.toBytes();
            error = response.error() == null ? null : response.error().type();
            return bytes;
        } catch (Throwable e) {
            log.log(LogLevel.ERROR, "A call failed and could not report its error:", e);
            return CpiResponse.lastResort();
        } finally {
            metrics.end(call, error);
        }
    }
}
