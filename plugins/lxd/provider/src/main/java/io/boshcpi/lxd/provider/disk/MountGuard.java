package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.VmCid;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Keeps a disk attached while the guest uses it. The server would detach it: what the guest still writes would be lost,
 * and the volume could be deleted under it.
 *
 * <p>Only the guest knows its mounts: those of all its processes and of containers inside it, of the volume or of any
 * directory in it. So a script in the guest does the check.
 */
final class MountGuard {
    /** How long to wait for a guest that is about to unmount. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long a guest may take to look at its mounts. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final int MAX_ATTEMPTS = 3;
    private static final int UNMOUNTED = 0;
    private static final int MOUNTED = 10;

    private final LxdSession lxd;

    MountGuard(LxdSession lxd) {
        this.lxd = lxd;
    }

    /**
     * Waits a bounded time until nothing in the guest has the disk mounted, apart from the server's own mount.
     *
     * @throws CpiException if it is still mounted then, or if the guest does not answer
     */
    void awaitUnmounted(VmCid vm, DiskCid disk) {
        ask(vm, disk, PATIENCE);
    }

    /** The same without the wait. */
    void refuseMounted(VmCid vm, DiskCid disk) {
        ask(vm, disk, Duration.ZERO);
    }

    /** A guest whose shell hangs must not hold the call longer than one that unmounts late. */
    private void ask(VmCid vm, DiskCid disk, Duration patience) {
        LxdSession bounded = lxd.within(patience.plus(LOOK));
        long seconds = Math.max(
                0,
                Math.min(patience.toSeconds(), bounded.remaining().minus(LOOK).toSeconds()));
        List<String> command = List.of(
                "/bin/sh",
                "-c",
                new String(GuestScript.read("mounted"), StandardCharsets.UTF_8),
                "mounted",
                DiskDevice.DIRECTORY,
                disk.value(),
                String.valueOf(seconds));
        int answer;
        try {
            answer = run(bounded, vm, command);
        } catch (LxdException e) {
            if (e.is(LxdException.Kind.NOT_RUNNING)) {
                return;
            }
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    false,
                    "The disk " + disk + " stays attached to " + vm
                            + ": the guest could not be asked whether it still has it mounted (" + e.getMessage()
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
                            + ": the guest could not tell whether it still has it mounted (exit code " + answer
                            + " of sh and awk)");
        }
    }

    /** Looking twice does no harm, and a server that restarts loses the first answer. */
    private static int run(LxdSession lxd, VmCid vm, List<String> command) {
        for (int attempt = 1; ; attempt++) {
            try {
                return lxd.instances().run(vm.value(), command);
            } catch (LxdException e) {
                if (!e.is(LxdException.Kind.OUTCOME_UNKNOWN) || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
