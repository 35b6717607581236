package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.model.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The three small programs that stand before {@code mount}, {@code umount} and {@code sfdisk} for the agent, which
 * otherwise takes a directory for a block device. What each of them does stands at its beginning.
 */
final class DiskTools {
    /** First in the agent's PATH in every stemcell that sets one. */
    private static final String AGENT_BIN = "/var/vcap/bosh/bin/";
    /** First in systemd's default PATH, for stemcells whose unit sets none. */
    private static final String SYSTEM_BIN = "/usr/local/sbin/";

    private static final List<String> NAMES = List.of("mount", "umount", "sfdisk");

    private DiskTools() {}

    static List<InitialFile> files(StemcellTraits.Init init) {
        List<InitialFile> files = new ArrayList<>();
        for (String name : NAMES) {
            files.add(new InitialFile.Plain(AGENT_BIN + name, 0755, Bytes.of(resource(name))));
            if (init == StemcellTraits.Init.SYSTEMD) {
                files.add(new InitialFile.Link(SYSTEM_BIN + name, AGENT_BIN + name));
            }
        }
        return files;
    }

    private static byte[] resource(String name) {
        try (InputStream in = DiskTools.class.getResourceAsStream("guest/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The plugin lacks its resource guest/" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("guest/" + name, e);
        }
    }
}
