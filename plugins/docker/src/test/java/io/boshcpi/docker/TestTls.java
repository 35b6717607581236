package io.boshcpi.docker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** Certificates that sign themselves, each with its key in a store of its own, made by the JDK's {@code keytool}. */
final class TestTls {
    static final String PASSWORD = "test-password";

    private final Path folder;

    private TestTls(Path folder) {
        this.folder = folder;
    }

    /** A {@code server} for 127.0.0.1, a {@code client} that it trusts, and a {@code stranger}. */
    static TestTls in(Path folder) throws IOException, InterruptedException {
        TestTls tls = new TestTls(folder);
        tls.make("server", "-ext", "san=ip:127.0.0.1");
        tls.make("client");
        tls.make("stranger");
        Path certificate = Files.writeString(folder.resolve("client.crt"), tls.certificate("client"));
        tls.keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "client",
                "-file",
                certificate.toString(),
                "-keystore",
                tls.store("trusted").toString());
        return tls;
    }

    /** Those that were made in the folder already. */
    static TestTls existing(Path folder) {
        return new TestTls(folder);
    }

    private void make(String name, String... more) throws IOException, InterruptedException {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-keystore",
                store(name).toString()));
        arguments.addAll(List.of(more));
        keytool(arguments.toArray(new String[0]));
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Path log = folder.resolve("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
    }

    Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    /** PEM. */
    String certificate(String name) {
        try {
            return pem("CERTIFICATE", load(name).getCertificate(name).getEncoded());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PEM in PKCS #8. */
    String key(String name) {
        try {
            return pem(
                    "PRIVATE KEY",
                    load(name).getKey(name, PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore load(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store(name))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + kind
                + "-----\n";
    }
}
