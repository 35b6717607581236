package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.VmCid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Keeps a disk attached while the guest uses it. The server would let it go: what the guest still writes would be lost,
 * and the volume could be deleted under it.
 *
 * <p>The guest is asked, since only it knows its mounts: those of all its processes, also of containers inside it, of the
 * volume or of any directory in it.
 */
final class MountGuard {
    /** How long to wait for a guest that is just about to unmount. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What is left of a call that has less time than that, for the answer and what follows it. */
    private static final Duration RESERVE = Duration.ofSeconds(3);

    private static final int UNMOUNTED = 0;
    private static final int MOUNTED = 10;

    private final LxdSession lxd;
    private final Deadline deadline;

    MountGuard(LxdSession lxd, Deadline deadline) {
        this.lxd = lxd;
        this.deadline = deadline.atMost(PATIENCE.plus(RESERVE));
    }

    /**
     * Waits a bounded time until nothing in the guest has the disk mounted, besides the mount that brings it there.
     *
     * @throws CpiException if it is still mounted then, or if the guest cannot be asked
     */
    void awaitUnmounted(VmCid vm, DiskCid disk) {
        long seconds = Math.max(0, (deadline.remainingMillis() - RESERVE.toMillis() + 500) / 1000);
        int answer;
        try {
            answer = lxd.instances()
                    .run(
                            vm.value(),
                            List.of(
                                    "/bin/sh",
                                    "-c",
                                    script(),
                                    "mounted",
                                    VmDevices.DISKS,
                                    disk.value(),
                                    String.valueOf(seconds)));
        } catch (LxdException e) {
            if (e.is(LxdException.Kind.NOT_RUNNING)) {
                return;
            }
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    false,
                    "The disk " + disk + " stays attached to " + vm
                            + ": the guest could not be asked whether it still has it" + " mounted (" + e.getMessage()
                            + ")",
                    e);
        }
        if (answer == MOUNTED) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    "The disk " + disk + " stays attached to " + vm + ": the guest still has it mounted after "
                            + seconds
                            + " s. Stop what uses it (`bosh stop`), or unmount it in the guest; /proc/mounts there says where");
        } else if (answer != UNMOUNTED) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    "The disk " + disk + " stays attached to " + vm
                            + ": the guest could not tell whether it still has it" + " mounted (exit code " + answer
                            + " of sh and awk)");
        }
    }

    private static String script() {
        try (InputStream in = MountGuard.class.getResourceAsStream("guest/mounted")) {
            if (in == null) {
                throw new IllegalStateException("The plugin lacks its resource guest/mounted");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("guest/mounted", e);
        }
    }
}
