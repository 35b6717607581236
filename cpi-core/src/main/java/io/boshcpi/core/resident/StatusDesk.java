package io.boshcpi.core.resident;

import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.LogLevel;
import io.boshcpi.core.status.HostStatus;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the host's status to those who ask, on threads of its own: a host whose calls all hang still answers, and the
 * listener waits for nobody.
 */
final class StatusDesk {
    private static final int MAX_THREADS = 4;

    private final Supplier<HostStatus> status;
    private final CallLog log;
    private final Semaphore places = new Semaphore(MAX_THREADS);

    StatusDesk(Supplier<HostStatus> status, CallLog log) {
        this.status = status;
        this.log = log;
    }

    /**
     * Answers and closes the connection.
     *
     * @param objection why the host would refuse the calls of the one who asks; {@code null} if it would not
     */
    void answer(Connection connection, StatusRequest request, @Nullable Objection objection) {
        if (!places.tryAcquire()) {
            connection.close(); // They ask more often than it matters.
            return;
        }
        Thread thread = new Thread(() -> {
            try (connection) {
                byte[] document = request.format().render(status.get());
                connection.output().end(document, objection == null ? null : objection.text());
            } catch (IOException e) {
                log.log(LogLevel.DEBUG, "Nobody waited for the status: " + e.getMessage());
            } catch (RuntimeException e) {
                log.log(LogLevel.ERROR, "The status cannot be told:", e);
            } finally {
                places.release();
            }
        });
        thread.setName("status");
        thread.setDaemon(true);
        thread.start();
    }
}
