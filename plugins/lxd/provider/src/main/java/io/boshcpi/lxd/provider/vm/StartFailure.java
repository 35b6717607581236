package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.spi.InstanceKind;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why an instance did not start, which the server says in the instance's log only. The log goes with the instance when the
 * failed creation is undone, so it has to be read before.
 */
final class StartFailure {
    private static final Logger LOG = LoggerFactory.getLogger(StartFailure.class);

    /** The first errors of a start are the cause, the others what follows from them. */
    private static final int MAX_LINES = 4;

    private static final int MAX_LENGTH = 300;
    private static final String ERROR = " ERROR ";

    private StartFailure() {}

    /** The failure, with what the log says of it; without that if the log cannot be read. */
    static LxdException explained(LxdSession lxd, String instance, InstanceKind kind, LxdException failure) {
        if (String.valueOf(failure.getMessage()).contains("Instance DNS name")) {
            return failure.explained(
                    "; give the VM's networks on one bridge the same nic_group, so that they share a NIC");
        }
        if (!mayBeInTheLog(failure)) {
            return failure;
        }
        boolean isContainer = kind == InstanceKind.CONTAINER;
        String file = isContainer ? "lxc.log" : "qemu.log";
        try {
            List<String> lines = isContainer
                    ? errors(lxd.instances().log(instance, file))
                    : lastLines(lxd.instances().log(instance, file));
            return lines.isEmpty() ? failure : failure.explained("; " + file + ": " + String.join("; ", lines));
        } catch (LxdException e) {
            LOG.debug("The log of {} cannot be read: {}", instance, e.getMessage());
            return failure;
        }
    }

    /**
     * Whether the interface had an IPv6 default route already when LXC was to add its own, which it refuses. A router
     * advertisement brings one as soon as the interface is up. Seen on Incus 6.0.4, on a bridge of its own, under load.
     */
    static boolean isRaceForTheIpv6Route(LxdException failure) {
        return String.valueOf(failure.getMessage()).contains("File exists - Failed to setup ipv6 gateway");
    }

    private static boolean mayBeInTheLog(LxdException failure) {
        return switch (failure.kind()) {
            case SERVER_ERROR, INVALID, NOT_FOUND, UNSUPPORTED, NO_SPACE, FORBIDDEN -> true;
            default -> false;
        };
    }

    /** The first errors in a log of LXC's, each once and without time and place in LXC's sources. */
    static List<String> errors(String log) {
        List<String> errors = new ArrayList<>();
        for (String line : lines(log)) {
            int error = line.indexOf(ERROR);
            if (error >= 0 && errors.size() < MAX_LINES) {
                String message = shortened(withoutPlace(line.substring(error + ERROR.length())));
                if (!errors.contains(message)) {
                    errors.add(message);
                }
            }
        }
        return errors;
    }

    private static List<String> lastLines(String log) {
        List<String> lines = new ArrayList<>();
        for (String line : lines(log)) {
            if (!line.isBlank()) {
                lines.add(shortened(line.strip()));
            }
        }
        return lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size());
    }

    private static List<String> lines(String log) {
        return List.of(log.split("\n", -1));
    }

    /** {@code utils - ../src/lxc/utils.c:safe_mount:1220 - No such file …} without what stands before the text. */
    private static String withoutPlace(String message) {
        int subsystem = message.indexOf(" - ");
        int place = subsystem < 0 ? -1 : message.indexOf(" - ", subsystem + 3);
        return place < 0 ? message.strip() : message.substring(place + 3).strip();
    }

    private static String shortened(String line) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < line.length() && i < MAX_LENGTH; i++) {
            char c = line.charAt(i);
            plain.append(Character.isISOControl(c) ? ' ' : c);
        }
        return plain.toString();
    }
}
