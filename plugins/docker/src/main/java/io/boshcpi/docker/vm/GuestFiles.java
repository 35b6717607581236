package io.boshcpi.docker.vm;

import com.github.dockerjava.api.DockerClient;
import io.boshcpi.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** What a VM's guest needs before its first start: the agent's settings, and the scripts of this package's resources. */
final class GuestFiles {
    /** Process 1 of the container; it hands over to the stemcell's own. */
    static final String INIT = "/var/vcap/bosh/bin/docker-init";

    /** Where the agents of warden stemcells read their settings. */
    private static final String SETTINGS = "/var/vcap/bosh/warden-cpi-agent-env.json";

    /** First in the agent's PATH in every stemcell that sets one. */
    private static final String AGENT_BIN = "/var/vcap/bosh/bin/";
    /** First in systemd's default PATH, for stemcells whose unit sets none. */
    private static final String SYSTEM_BIN = "/usr/local/sbin/";

    private static final List<String> DISK_TOOLS = List.of("mount", "umount", "sfdisk");

    private GuestFiles() {}

    /** Puts them into a container that does not run yet. */
    static void push(DockerClient docker, String container, Map<String, @Nullable Object> settings) {
        docker.copyArchiveToContainerCmd(container)
                .withRemotePath("/")
                .withTarInputStream(new ByteArrayInputStream(tar(settings)))
                .exec();
    }

    /** The files as a tar, all of them root's. */
    static byte[] tar(Map<String, @Nullable Object> settings) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            put(tar, SETTINGS, 0600, Json.writeBytes(settings));
            put(tar, INIT, 0755, script("docker-init"));
            for (String tool : DISK_TOOLS) {
                put(tar, AGENT_BIN + tool, 0755, script(tool));
                link(tar, SYSTEM_BIN + tool, AGENT_BIN + tool);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(TarArchiveOutputStream tar, String path, int mode, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path.substring(1));
        entry.setMode(mode);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, String path, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path.substring(1), TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static byte[] script(String name) throws IOException {
        try (InputStream in = GuestFiles.class.getResourceAsStream("guest/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The plugin's jar lacks the script " + name);
            }
            return in.readAllBytes();
        }
    }
}
