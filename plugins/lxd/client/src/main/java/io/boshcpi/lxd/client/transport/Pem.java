package io.boshcpi.lxd.client.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and private keys in the text form that LXD, Incus and openssl write.
 *
 * <p>The JDK reads keys as PKCS#8 only. The two older forms hold the same key without the name of its algorithm, so
 * they are put into a PKCS#8 envelope here. Messages never contain any of a key.
 */
final class Pem {
    private static final byte[] RSA_OID = {
        0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01
    };
    private static final byte[] EC_OID = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};
    private static final byte[] ED25519_OID = {0x06, 0x03, 0x2b, 0x65, 0x70};
    private static final byte[] NULL = {0x05, 0x00};
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int EC_PARAMETERS = 0xa0;

    private Pem() {}

    /** All certificates of the text; at least one. */
    static List<X509Certificate> certificates(String what, String pem) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> certificates = new ArrayList<>();
            for (byte[] der : blocks(pem, "CERTIFICATE")) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException(what + " holds no CERTIFICATE block in PEM form");
            }
            return certificates;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(what + " is not an X.509 certificate", e);
        }
    }

    /** The private key of the text. */
    static PrivateKey privateKey(Cryptography cryptography, String what, String pem) {
        if (pem.contains("ENCRYPTED")) {
            throw new IllegalArgumentException(what + " is encrypted; an unencrypted key is needed");
        }
        try {
            return fromPkcs8(cryptography, what, pkcs8(what, pem));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("this JVM cannot read " + what, e);
        }
    }

    private static byte[] pkcs8(String what, String pem) {
        for (byte[] key : blocks(pem, "PRIVATE KEY")) {
            return key;
        }
        for (byte[] key : blocks(pem, "RSA PRIVATE KEY")) {
            return der(SEQUENCE, VERSION_0, der(SEQUENCE, RSA_OID, NULL), der(OCTETS, key));
        }
        for (byte[] key : blocks(pem, "EC PRIVATE KEY")) {
            return der(SEQUENCE, VERSION_0, der(SEQUENCE, EC_OID, curve(what, key)), der(OCTETS, key));
        }
        throw new IllegalArgumentException(what + " holds no private key in PEM form");
    }

    private static PrivateKey fromPkcs8(Cryptography cryptography, String what, byte[] pkcs8)
            throws NoSuchAlgorithmException {
        String algorithm = algorithm(pkcs8);
        try {
            if (algorithm != null) {
                return cryptography.keys(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            }
        } catch (InvalidKeySpecException e) {
            // the exception could quote the key, so it goes no further
        }
        throw new IllegalArgumentException(what + " is not a usable EC, RSA or Ed25519 private key");
    }

    /** Whether the text holds a key that only the JDK can use. */
    static boolean holdsEd25519(String pem) {
        for (byte[] key : blocks(pem, "PRIVATE KEY")) {
            return "Ed25519".equals(algorithm(key));
        }
        return false;
    }

    /** The algorithm, out of {@code SEQUENCE {version, SEQUENCE {algorithm, ...}, key octets}}. */
    private static @Nullable String algorithm(byte[] pkcs8) {
        try {
            int version = contentStart(pkcs8, 0);
            int identifier = contentStart(pkcs8, version) + contentLength(pkcs8, version);
            int oid = contentStart(pkcs8, identifier);
            int length = contentStart(pkcs8, oid) + contentLength(pkcs8, oid) - oid;
            if (is(EC_OID, pkcs8, oid, length)) {
                return "EC";
            } else if (is(RSA_OID, pkcs8, oid, length)) {
                return "RSA";
            }
            return is(ED25519_OID, pkcs8, oid, length) ? "Ed25519" : null;
        } catch (ArrayIndexOutOfBoundsException e) {
            return null;
        }
    }

    private static boolean is(byte[] expected, byte[] der, int at, int length) {
        return length == expected.length && Arrays.mismatch(expected, 0, length, der, at, at + length) < 0;
    }

    /** The name of the curve, out of {@code SEQUENCE {version, key octets, [0] curve, [1] public key}}. */
    private static byte[] curve(String what, byte[] ecKey) {
        try {
            int at = contentStart(ecKey, 0);
            while (at < ecKey.length) {
                int start = contentStart(ecKey, at);
                int end = start + contentLength(ecKey, at);
                if ((ecKey[at] & 0xff) == EC_PARAMETERS) {
                    return Arrays.copyOfRange(ecKey, start, end);
                }
                at = end;
            }
        } catch (ArrayIndexOutOfBoundsException e) {
            // a truncated key: told below
        }
        throw new IllegalArgumentException(what + " is an EC key that does not name its curve");
    }

    private static int contentStart(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int contentLength(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        if (length < 0x80) {
            return length;
        }
        int value = 0;
        for (int i = 0; i < (length & 0x7f); i++) {
            value = (value << 8) | (der[at + 2 + i] & 0xff);
        }
        return value;
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length >= 0x100) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length >= 0x80) {
            out.write(0x81); // DER insists on the shortest form
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static List<byte[]> blocks(String pem, String label) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        List<byte[]> blocks = new ArrayList<>();
        int from = pem.indexOf(begin);
        while (from >= 0) {
            int to = pem.indexOf(end, from);
            if (to < 0) {
                break;
            }
            String base64 = pem.substring(from + begin.length(), to);
            blocks.add(Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII)));
            from = pem.indexOf(begin, to);
        }
        return blocks;
    }
}
