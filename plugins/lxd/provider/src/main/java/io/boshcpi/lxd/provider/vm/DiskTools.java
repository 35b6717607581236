package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.model.Bytes;
import io.boshcpi.lxd.provider.disk.GuestScript;
import io.boshcpi.lxd.provider.stemcell.StemcellTraits;
import java.util.ArrayList;
import java.util.List;

/**
 * Wrappers around {@code mount}, {@code umount} and {@code sfdisk} for the agent, which otherwise takes the directory
 * of a persistent disk for a block device.
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
            files.add(new InitialFile.Plain(AGENT_BIN + name, 0755, Bytes.of(GuestScript.read(name))));
            if (init == StemcellTraits.Init.SYSTEMD) {
                files.add(new InitialFile.Link(SYSTEM_BIN + name, AGENT_BIN + name));
            }
        }
        return files;
    }
}
