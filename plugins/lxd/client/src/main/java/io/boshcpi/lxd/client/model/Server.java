package io.boshcpi.lxd.client.model;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The server itself.
 *
 * @param software {@code "lxd"} or {@code "incus"}; empty for a client that the server does not trust
 * @param version of the software: {@code "5.0.2"}
 * @param trusted whether the server trusts this client
 * @param clustered whether it is a member of a cluster
 * @param extensions of the API
 * @param environment everything it tells about itself
 */
public record Server(
        String software,
        String version,
        boolean trusted,
        boolean clustered,
        Set<String> extensions,
        Map<String, ?> environment) {

    /** Reads the server's JSON. */
    public static Server of(Map<String, ?> json) {
        Fields fields = new Fields(json);
        Fields environment = fields.object("environment");
        return new Server(
                environment.text("server"),
                environment.text("server_version"),
                fields.text("auth").equals("trusted"),
                environment.flag("server_clustered"),
                Set.copyOf(new HashSet<>(fields.texts("api_extensions"))),
                fields.members("environment"));
    }

    /** Whether the API has the extension. */
    public boolean hasExtension(String extension) {
        return extensions.contains(extension);
    }

    /** Whether it is Incus. */
    public boolean isIncus() {
        return software.equals("incus");
    }

    /** Whether it runs virtual machines: it has found QEMU, KVM and vsock. */
    public boolean runsVirtualMachines() {
        return String.valueOf(environment.get("driver")).contains("qemu");
    }

    /** The certificate of its HTTPS address, PEM; in a cluster, that of all members. */
    public String certificate() {
        return String.valueOf(environment.get("certificate"));
    }

    /** Software and version. */
    @Override
    public String toString() {
        return software + " " + version;
    }
}
