package io.boshcpi.lxd.client.transport;

/** How the client verifies the server. There is deliberately no way to skip this. */
public sealed interface ServerTrust permits ServerTrust.Pinned, ServerTrust.Authority, ServerTrust.SystemAuthorities {
    /**
     * The server must present exactly this certificate; its names and dates do not matter. This is how the self-signed
     * certificates that LXD and Incus make for themselves are trusted.
     */
    record Pinned(String certificatePem) implements ServerTrust {}

    /** The server's certificate must be signed by one of these, and name the host. */
    record Authority(String certificatesPem) implements ServerTrust {}

    /** As {@link Authority}, with the authorities that come with the JVM. */
    record SystemAuthorities() implements ServerTrust {}
}
