package io.boshcpi.lxd.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Has a process of the CPI make every call against FakeLxd, so that its archive of classes has what calls need.
 *
 * <p>The arguments are the command of that process. It gets a configuration file, a blank and a request in each line,
 * and answers with a response in each line. An answer that is not the expected one fails the training.
 */
public final class Training {
    private final Path folder;
    private final BufferedReader responses;
    private final Writer requests;

    private Training(Path folder, Process process) {
        this.folder = folder;
        this.responses = process.inputReader(StandardCharsets.UTF_8);
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Trains and ends; with a status other than 0 if a call or the process failed. */
    public static void main(String[] command) throws Exception {
        Path folder = Files.createTempDirectory("cpi-training");
        FakeLxd lxd = FakeLxd.of(Dialect.LXD);
        Identity server = Identity.selfSigned("server");
        Identity client = Identity.selfSigned("client");
        lxd.trust(client);
        Path socket = folder.resolve("lxd.sock");
        FakeLxdServer unix = FakeLxdServer.onUnixSocket(lxd, socket);
        FakeLxdServer https = FakeLxdServer.onHttps(lxd, server);
        try {
            train(
                    command,
                    folder,
                    Map.of("socket", socket.toString(), "network", "fakebr0"),
                    Map.of(
                            "url", https.url(),
                            "network", "fakebr0",
                            "server_certificate", server.certificatePem(),
                            "client_certificate", client.certificatePem(),
                            "client_key", client.keyPem()));
        } finally {
            unix.close();
            https.close();
            delete(folder);
        }
    }

    private static void train(String[] command, Path folder, Map<String, ?> unix, Map<String, ?> https)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        Training training = new Training(folder, process);
        try {
            training.train("unix", unix);
            training.train("https", https);
        } finally {
            training.requests.close();
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the process ended with status " + process.exitValue());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** Every method once, in the order of a VM's life, with a failure of each kind on the way. */
    private void train(String name, Map<String, ?> lxd) throws IOException {
        Path configuration = Files.writeString(
                folder.resolve(name + ".json"),
                io.boshcpi.json.Json.write(Map.of(
                        "lxd", lxd,
                        "agent", Map.of("mbus", "nats://nats:secret-of-nats@10.0.0.6:4222"),
                        "ntp", List.of("time1.example"))));
        Calls calls = new Calls(configuration);
        calls.succeeds("info");
        calls.succeeds("calculate_vm_cloud_properties", Map.of("cpu", 1, "ram", 512, "ephemeral_disk_size", 1024));
        Object stemcell = calls.succeeds("create_stemcell", image().toString(), Map.of("name", "tiny", "version", "1"));
        Object vm = createVm(calls, stemcell);
        calls.succeeds("has_vm", vm);
        calls.succeeds("set_vm_metadata", vm, Map.of("deployment", "training", "job", "tiny", "index", "0"));
        Object disk = calls.succeeds("create_disk", 1024, Map.of(), vm);
        calls.succeeds("has_disk", disk);
        calls.succeeds("attach_disk", vm, disk);
        calls.succeeds("set_disk_metadata", disk, Map.of("deployment", "training"));
        calls.succeeds("get_disks", vm);
        calls.succeeds("reboot_vm", vm);
        calls.succeeds("delete_snapshot", calls.succeeds("snapshot_disk", disk, Map.of("deployment", "training")));
        calls.succeeds("detach_disk", vm, disk);
        calls.succeeds("resize_disk", disk, 2048);
        calls.succeeds("update_disk", disk, 4096, Map.of());
        calls.succeeds("delete_disk", disk);
        calls.succeeds("delete_vm", vm);
        calls.succeeds("has_vm", vm);
        calls.succeeds("delete_vm", vm);
        calls.succeeds("delete_stemcell", stemcell);
        calls.fails("create_vm", "agent", stemcell, Map.of(), Map.of(), List.of(), Map.of());
        calls.fails("create_vm", "agent", stemcell, Map.of("no such key", 1), Map.of(), List.of(), Map.of());
        calls.fails("reboot_vm", vm);
        calls.fails("create_network", Map.of());
        calls.fails("no_such_method");
    }

    private static Object createVm(Calls calls, Object stemcell) throws IOException {
        Object created = calls.succeeds(
                "create_vm",
                UUID.randomUUID().toString(),
                stemcell,
                Map.of("instance_type", "c1-m1", "ephemeral_disk", 1024, "root_disk", 2048),
                Map.of(
                        "default",
                        Map.of(
                                "type", "manual",
                                "ip", "10.77.1.50",
                                "netmask", "255.255.255.0",
                                "gateway", "10.77.1.1",
                                "dns", List.of("10.77.1.1"),
                                "default", List.of("dns", "gateway"),
                                "cloud_properties", Map.of())),
                List.of(),
                Map.of("bosh", Map.of("password", "$6$salt$hash-of-a-password", "group", "training")));
        return String.valueOf(((List<?>) created).get(0));
    }

    /** The least that is a stemcell. */
    private Path image() throws IOException {
        Path image = folder.resolve("image");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(image))) {
            add(tar, "var/vcap/bosh/agent.json", "{\"Platform\":{\"Linux\":{}}}");
            add(tar, "usr/sbin/runsvdir-start", "#!/bin/sh\n");
        }
        return image;
    }

    private static void add(TarArchiveOutputStream tar, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    /** Calls with one configuration. */
    private final class Calls {
        private final Path configuration;

        Calls(Path configuration) {
            this.configuration = configuration;
        }

        /** Makes a call, which must succeed, and returns its result, "" for null. */
        Object succeeds(String method, Object... arguments) throws IOException {
            Map<String, Object> response = call(method, arguments);
            if (response.get("error") != null) {
                throw new IllegalStateException(method + " failed: " + response.get("error"));
            }
            Object result = response.get("result");
            return result == null ? "" : result;
        }

        /** Makes a call that must fail. */
        void fails(String method, Object... arguments) throws IOException {
            if (call(method, arguments).get("error") == null) {
                throw new IllegalStateException(method + " was to fail");
            }
        }

        private Map<String, Object> call(String method, Object... arguments) throws IOException {
            Map<String, Object> request = Map.of(
                    "method",
                    method,
                    "arguments",
                    new ArrayList<>(List.of(arguments)),
                    "context",
                    Map.of("director_uuid", "1f4a0ac2-7c5e-4c4b-8f0c-5f8f7a8c7b11", "request_id", "cpi-1"),
                    "api_version",
                    2);
            requests.write(configuration + " " + io.boshcpi.json.Json.write(request) + "\n");
            requests.flush();
            String response = responses.readLine();
            if (response == null) {
                throw new IllegalStateException("the process ended in " + method);
            }
            return Json.object(response.getBytes(StandardCharsets.UTF_8));
        }
    }
}
