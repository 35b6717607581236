package io.boshcpi.lxd.client.failure;

import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Reason;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Derives from status and text what a failure is. The texts are those of LXD 5.0 and Incus 6.0. The first rule that
 * matches decides, so the more special rules come first; for an unknown text the status decides.
 */
public final class Failures {
    private static final Rule[] RULES = {
        rule("begin transaction: sql: database is closed", Kind.UNREACHABLE), // the server shuts down
        // A cluster's member is down, or has come back some seconds ago; the request was not passed on to it.
        rule("cluster member is unavailable", Kind.MEMBER_UNREACHABLE),
        rule("event connection with target cluster member", Kind.MEMBER_UNREACHABLE),
        rule("peer node ", Kind.MEMBER_UNREACHABLE),
        rule("Unable to connect to: ", Kind.MEMBER_UNREACHABLE),
        rule("Server isn't ready yet", Kind.MEMBER_UNREACHABLE),
        rule("luster member is evacuated", Kind.MEMBER_EVACUATED),
        rule("begin transaction: context deadline exceeded", Kind.BUSY), // the server's database is overloaded
        rule("busy running a", Kind.BUSY),
        rule("operation timed out after", Kind.BUSY), // the operation that holds the instance's lock, on a busy server
        rule("delete bridge children interfaces", Kind.BUSY), // another network's interface went away meanwhile
        rule("matching non-reusable operation", Kind.BUSY),
        // Seen on a busy LXD 5.0.2, which gives qemu-img 2 s of processor time to tell the size of an image.
        rule("creating instance from image: unexpected end of JSON input", Kind.BUSY),
        rule("ETag doesn't match", Kind.BUSY),
        rule("forkfile.sock: connect: no such file", Kind.FILES_UNREACHABLE),
        rule("Reached maximum", Kind.LIMIT_REACHED),
        rule("no space left on device", Kind.NO_SPACE),
        rule("No space left on device", Kind.NO_SPACE),
        rule("isk quota exceeded", Kind.NO_SPACE),
        rule("not enough space", Kind.NO_SPACE),
        rule("insufficient space", Kind.NO_SPACE),
        rule("forbidden", Kind.FORBIDDEN),
        rule("not authorized", Kind.FORBIDDEN),
        rule("User does not have permission", Kind.FORBIDDEN),
        rule("Certificate is restricted", Kind.FORBIDDEN),
        rule("already exists", Kind.ALREADY_EXISTS),
        rule("UNIQUE constraint failed", Kind.ALREADY_EXISTS),
        rule("already in use", Kind.ALREADY_EXISTS),
        rule("already defined on another NIC", Kind.ALREADY_EXISTS),
        rule("still in use", Kind.IN_USE),
        rule("volume that has snapshots", Kind.IN_USE),
        rule("used by running instances", Kind.IN_USE),
        rule("Only empty projects", Kind.IN_USE),
        rule("is currently in use", Kind.IN_USE),
        rule("Instance is running", Kind.IN_USE),
        rule("\": remove /", Kind.LEFT_MOUNTED), // Failed to start device "x": remove /…: device or resource busy
        rule("is not running", Kind.NOT_RUNNING),
        rule("already stopped", Kind.NOT_RUNNING),
        rule("already running", Kind.ALREADY_RUNNING),
        rule("Failed shutting down instance", Kind.GUEST_TIMEOUT),
        rule("isn't currently running", Kind.GUEST_UNREACHABLE),
        whole("context deadline exceeded", Kind.WAIT_TIMED_OUT),
        rule("is not supported on this server", Kind.UNSUPPORTED),
        rule("Not supported", Kind.UNSUPPORTED),
        rule("Command not found", Kind.INVALID),
        rule("Image not provided for instance creation", Kind.NOT_FOUND),
        rule("Requested profile", Kind.NOT_FOUND),
        rule("not found", Kind.NOT_FOUND),
        rule("Not Found", Kind.NOT_FOUND),
        rule("Unknown configuration key", Kind.INVALID),
        rule("Invalid ", Kind.INVALID),
        rule("No root device could be found", Kind.INVALID),
        rule("not within network", Kind.INVALID),
        rule("is assigned to parent managed network device", Kind.INVALID),
        rule("cannot be used on containers", Kind.INVALID),
    };

    /** What is missing. The project comes first, since texts about other objects mention that it is missing. */
    private static final Rule[] MISSING = {
        missing("Project not found", Subject.PROJECT),
        missing("Storage pool not found", Subject.POOL),
        missing("olume not found", Subject.VOLUME),
        missing("Instance not found", Subject.INSTANCE),
        missing("Network not found", Subject.NETWORK),
        missing("profile", Subject.PROFILE),
        missing("Profile", Subject.PROFILE),
        missing("Image", Subject.IMAGE),
        missing("Operation not found", Subject.OPERATION),
    };

    private Failures() {}

    /**
     * The failure that the server reports. Its words are kept whole, however long: whoever shows them redacts secrets
     * first, and would not know one that was cut in two.
     *
     * @param request method and path, without the query
     * @param status of HTTP, or the code that stands in its place in the body
     * @param message the server's own words
     */
    public static LxdException of(String request, int status, String message) {
        Kind kind = kindOf(status, message);
        Subject missing = kind == Kind.NOT_FOUND ? missingIn(message) : null;
        return new LxdException(new Reason(kind, missing), status, request, message, null);
    }

    private static Kind kindOf(int status, String message) {
        Rule rule = first(RULES, message);
        if (rule != null) {
            return rule.kind();
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

    private static Subject missingIn(String message) {
        Rule rule = first(MISSING, message);
        return rule == null || rule.subject() == null ? Subject.OTHER : rule.subject();
    }

    private static @Nullable Rule first(Rule[] rules, String message) {
        for (Rule rule : rules) {
            if (rule.matches(message)) {
                return rule;
            }
        }
        return null;
    }

    private static Rule rule(String text, Kind kind) {
        return new Rule(text, false, kind, null);
    }

    /** The text must be the whole message, since it ends messages about other failures as well. */
    private static Rule whole(String text, Kind kind) {
        return new Rule(text, true, kind, null);
    }

    private static Rule missing(String text, Subject subject) {
        return new Rule(text, false, Kind.NOT_FOUND, subject);
    }

    private record Rule(
            String text, boolean whole, Kind kind, @Nullable Subject subject) {
        boolean matches(String message) {
            return whole ? message.equals(text) : message.contains(text);
        }
    }
}
