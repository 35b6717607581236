package io.boshcpi.lxd.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Implementation.class)
class PemTest {
    private final Implementation implementation;

    @TempDir
    Path folder;

    private OpenSsl openssl;
    private Cryptography cryptography;

    PemTest(Implementation implementation) {
        this.implementation = implementation;
    }

    @BeforeEach
    void prepare() {
        openssl = new OpenSsl(folder);
        cryptography = implementation.cryptography();
    }

    @ParameterizedTest
    @CsvSource({"secp384r1", "prime256v1", "secp521r1"})
    void anEcKeyIsReadInBothForms(String curve) throws Exception {
        openssl.run("ecparam", "-name", curve, "-genkey", "-out", "sec1.key"); // writes EC PARAMETERS as well
        openssl.run("pkcs8", "-topk8", "-nocrypt", "-in", "sec1.key", "-out", "pkcs8.key");
        openssl.run("req", "-x509", "-key", "sec1.key", "-out", "x.crt", "-subj", "/CN=x");
        assertThat(openssl.read("sec1.key")).contains("EC PRIVATE KEY");

        fits("sec1.key", "SHA256withECDSA");
        fits("pkcs8.key", "SHA256withECDSA");
        assertThat(Pem.holdsEd25519(openssl.read("pkcs8.key"))).isFalse();
    }

    @Test
    void anRsaKeyIsReadInBothForms() throws Exception {
        openssl.run("genrsa", "-traditional", "-out", "pkcs1.key", "2048");
        openssl.run("pkcs8", "-topk8", "-nocrypt", "-in", "pkcs1.key", "-out", "pkcs8.key");
        openssl.run("req", "-x509", "-key", "pkcs1.key", "-out", "x.crt", "-subj", "/CN=x");
        assertThat(openssl.read("pkcs1.key")).contains("RSA PRIVATE KEY");

        fits("pkcs1.key", "SHA256withRSA");
        fits("pkcs8.key", "SHA256withRSA");
    }

    @Test
    void anEd25519KeyIsReadByTheJdk() throws Exception {
        cryptography = Cryptography.jdk();
        openssl.run("genpkey", "-algorithm", "ed25519", "-out", "ed.key");
        openssl.run("req", "-x509", "-key", "ed.key", "-out", "x.crt", "-subj", "/CN=x");

        fits("ed.key", "Ed25519");
        assertThat(Pem.holdsEd25519(openssl.read("ed.key"))).isTrue();
    }

    @Test
    void anEncryptedKeyIsNamedAsSuch() throws IOException {
        openssl.run("genpkey", "-algorithm", "ed25519", "-aes256", "-pass", "pass:secret", "-out", "x.key");
        String key = openssl.read("x.key");

        assertThatThrownBy(() -> Pem.privateKey(cryptography, "the key", key))
                .hasMessage("the key is encrypted; an unencrypted key is needed");
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "no pem at all",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----c2VjcmV0c2VjcmV0-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----c2VjcmV0c2VjcmV0-----END RSA PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----c2VjcmV0c2VjcmV0-----END EC PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----MAA=-----END EC PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----MA==-----END EC PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----MIT/////-----END EC PRIVATE KEY-----",
    })
    void whatIsNoKeyIsRefusedWithoutQuotingIt(String pem) {
        assertThatThrownBy(() -> Pem.privateKey(cryptography, "the key", pem))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the key")
                .hasMessageNotContaining("c2Vjc")
                .hasMessageNotContaining("secret");
    }

    @Test
    void allCertificatesOfATextAreRead() throws IOException {
        openssl.selfSigned("a");
        openssl.selfSigned("b");

        assertThat(Pem.certificates("them", "a comment\n" + openssl.read("a.crt") + "\r\n" + openssl.read("b.crt")))
                .hasSize(2);
    }

    @Test
    void whatIsNoCertificateIsRefused() {
        assertThatThrownBy(() -> Pem.certificates("it", "nothing"))
                .hasMessageContaining("it holds no CERTIFICATE block");
        assertThatThrownBy(() -> Pem.certificates("it", "-----BEGIN CERTIFICATE-----c2VjcmV0-----END CERTIFICATE-----"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it is not an X.509 certificate");
    }

    /** Signs with the key what the certificate's key verifies. */
    private void fits(String keyFile, String algorithm) throws GeneralSecurityException, IOException {
        PrivateKey key = Pem.privateKey(cryptography, "the key", openssl.read(keyFile));
        PublicKey publicKey = Pem.certificates("the certificate", openssl.read("x.crt"))
                .get(0)
                .getPublicKey();
        Signature signature = cryptography.signatures(algorithm);
        signature.initSign(key);
        signature.update(new byte[] {1, 2, 3});
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(new byte[] {1, 2, 3});
        assertThat(signature.verify(signed)).isTrue();
    }
}
