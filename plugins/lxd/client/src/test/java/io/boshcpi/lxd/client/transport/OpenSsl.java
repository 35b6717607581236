package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes keys and certificates in a folder, by the program that most operators use for it. */
final class OpenSsl {
    private static final String PASSWORD = "changeit";

    private final Path folder;

    OpenSsl(Path folder) {
        this.folder = folder;
    }

    /** Runs openssl in the folder. */
    void run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("openssl.log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + ": " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new IllegalStateException("openssl is needed for this test", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** {@code NAME.key} and {@code NAME.crt}, signed by itself: of the kind that LXD and Incus make. */
    void selfSigned(String name) {
        selfSigned(name, "ec", "-pkeyopt", "ec_paramgen_curve:secp384r1");
    }

    /** The same with another kind of key. */
    void selfSigned(String name, String algorithm, String... options) {
        List<String> arguments = new ArrayList<>(List.of("req", "-x509", "-newkey", algorithm));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("-nodes", "-days", "30", "-keyout", name + ".key", "-out", name + ".crt"));
        arguments.addAll(List.of("-subj", "/O=linuxcontainers.org/CN=" + name));
        run(arguments.toArray(new String[0]));
    }

    /** {@code NAME.key} and {@code NAME.crt}, signed by another, for a host. */
    void signed(String name, String authority, String subjectAlternativeName) throws IOException {
        signed(name, authority, subjectAlternativeName, 30);
    }

    /** The same, valid for so many days. */
    void signed(String name, String authority, String subjectAlternativeName, int days) throws IOException {
        Files.writeString(folder.resolve(name + ".ext"), "subjectAltName=" + subjectAlternativeName + "\n");
        run(
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                name + ".key",
                "-out",
                name + ".csr",
                "-subj",
                "/CN=" + name);
        run(
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                authority + ".crt",
                "-CAkey",
                authority + ".key",
                "-CAcreateserial",
                "-days",
                Integer.toString(days),
                "-extfile",
                name + ".ext",
                "-out",
                name + ".crt");
    }

    /** The key and certificate as a store for a server. */
    Path keyStore(String name) {
        run(
                "pkcs12",
                "-export",
                "-inkey",
                name + ".key",
                "-in",
                name + ".crt",
                "-out",
                name + ".p12",
                "-passout",
                "pass:" + PASSWORD);
        return folder.resolve(name + ".p12");
    }

    String password() {
        return PASSWORD;
    }

    String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }
}
