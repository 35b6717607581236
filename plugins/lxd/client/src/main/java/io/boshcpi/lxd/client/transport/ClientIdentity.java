package io.boshcpi.lxd.client.transport;

/**
 * The certificate that the server's trust store knows, and its key.
 *
 * @param certificatePem one or more {@code CERTIFICATE} blocks, the client's own first
 * @param keyPem an unencrypted key: {@code PRIVATE KEY} (PKCS#8), {@code RSA PRIVATE KEY} (PKCS#1) or {@code EC PRIVATE
 *     KEY}
 */
public record ClientIdentity(String certificatePem, String keyPem) {
    /** Leaves the key out. */
    @Override
    public String toString() {
        return "ClientIdentity[redacted]";
    }
}
