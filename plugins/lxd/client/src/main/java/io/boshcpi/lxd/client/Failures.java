package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.LxdException.Kind;
import io.boshcpi.lxd.client.LxdException.Subject;

/**
 * Tells from status and text what a failure is. The texts are those of LXD 5.0 and Incus 6.0; they are matched in the order
 * of the tables, the more special first, and an unknown text falls back on the status.
 */
final class Failures {
    /** Text, kind. */
    private static final Object[][] KINDS = {
        {"busy running a", Kind.BUSY},
        {"matching non-reusable operation", Kind.BUSY},
        {"ETag doesn't match", Kind.BUSY},
        {"forkfile.sock: connect: no such file", Kind.FILES_UNREACHABLE},
        {"Reached maximum", Kind.LIMIT_REACHED},
        {"no space left on device", Kind.NO_SPACE},
        {"No space left on device", Kind.NO_SPACE},
        {"isk quota exceeded", Kind.NO_SPACE},
        {"not enough space", Kind.NO_SPACE},
        {"insufficient space", Kind.NO_SPACE},
        {"forbidden", Kind.FORBIDDEN},
        {"not authorized", Kind.FORBIDDEN},
        {"User does not have permission", Kind.FORBIDDEN},
        {"Certificate is restricted", Kind.FORBIDDEN},
        {"already exists", Kind.ALREADY_EXISTS},
        {"UNIQUE constraint failed", Kind.ALREADY_EXISTS},
        {"already in use", Kind.ALREADY_EXISTS},
        {"already defined on another NIC", Kind.ALREADY_EXISTS},
        {"still in use", Kind.IN_USE},
        {"volume that has snapshots", Kind.IN_USE},
        {"used by running instances", Kind.IN_USE},
        {"Only empty projects", Kind.IN_USE},
        {"is currently in use", Kind.IN_USE},
        {"Instance is running", Kind.IN_USE},
        {"is not running", Kind.NOT_RUNNING},
        {"already stopped", Kind.NOT_RUNNING},
        {"Failed shutting down instance", Kind.GUEST_TIMEOUT},
        {"is not supported on this server", Kind.UNSUPPORTED},
        {"Not supported", Kind.UNSUPPORTED},
        {"Command not found", Kind.INVALID},
        {"Image not provided for instance creation", Kind.NOT_FOUND},
        {"Requested profile", Kind.NOT_FOUND},
        {"not found", Kind.NOT_FOUND},
        {"Not Found", Kind.NOT_FOUND},
        {"Unknown configuration key", Kind.INVALID},
        {"Invalid ", Kind.INVALID},
        {"No root device could be found", Kind.INVALID},
        {"not within network", Kind.INVALID},
        {"is assigned to parent managed network device", Kind.INVALID},
        {"cannot be used on containers", Kind.INVALID},
    };

    /** Text, what is missing. A project comes first: its absence is told in the middle of texts about other objects. */
    private static final Object[][] SUBJECTS = {
        {"Project not found", Subject.PROJECT},
        {"Storage pool not found", Subject.POOL},
        {"olume not found", Subject.VOLUME},
        {"Instance not found", Subject.INSTANCE},
        {"Network not found", Subject.NETWORK},
        {"profile", Subject.PROFILE},
        {"Profile", Subject.PROFILE},
        {"Image", Subject.IMAGE},
        {"Operation not found", Subject.OPERATION},
    };

    private Failures() {}

    static Kind kindOf(int status, String message) {
        for (Object[] row : KINDS) {
            if (message.contains((String) row[0])) {
                return (Kind) row[1];
            }
        }
        return switch (status) {
            case 400 -> Kind.INVALID;
            case 401, 403 -> Kind.FORBIDDEN;
            case 404 -> Kind.NOT_FOUND;
            case 409 -> Kind.ALREADY_EXISTS;
            case 412, 423 -> Kind.BUSY;
            case 501 -> Kind.UNSUPPORTED;
            case 503 -> Kind.UNREACHABLE;
            default -> Kind.SERVER_ERROR;
        };
    }

    static Subject subjectOf(String message) {
        for (Object[] row : SUBJECTS) {
            if (message.contains((String) row[0])) {
                return (Subject) row[1];
            }
        }
        return Subject.OTHER;
    }
}
