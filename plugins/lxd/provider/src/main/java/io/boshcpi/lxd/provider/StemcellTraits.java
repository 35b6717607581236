package io.boshcpi.lxd.provider;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a stemcell needs of the CPI. It is read from the stemcell's own files before the first VM of it starts, and
 * then remembered with the image.
 *
 * @param init who is process 1
 * @param settingsPath where the agent reads its settings
 * @param bindsDisks whether the agent bind-mounts persistent disks from directories, as in warden stemcells
 */
record StemcellTraits(Init init, String settingsPath, boolean bindsDisks) {
    /** Who is process 1 in the guest. */
    enum Init {
        /** {@code /sbin/init}, which is systemd in a Noble or Resolute stemcell. */
        SYSTEMD("systemd"),
        /** {@code /usr/sbin/runsvdir-start}, as in Jammy's warden stemcell. */
        RUNIT("runit");

        private final String mark;

        Init(String mark) {
            this.mark = mark;
        }
    }

    /** What a warden stemcell with systemd has. */
    static final StemcellTraits USUAL =
            new StemcellTraits(Init.SYSTEMD, "/var/vcap/bosh/warden-cpi-agent-env.json", true);

    private static final String INIT = "user.bosh.init";
    private static final String SETTINGS_PATH = "user.bosh.settings_path";
    private static final String BINDS_DISKS = "user.bosh.binds_disks";

    /** What an image's properties remember. */
    static Optional<StemcellTraits> remembered(Map<String, String> imageProperties) {
        String settingsPath = imageProperties.get(SETTINGS_PATH);
        String mark = imageProperties.get(INIT);
        for (Init init : Init.values()) {
            if (init.mark.equals(mark) && settingsPath != null) {
                return Optional.of(
                        new StemcellTraits(init, settingsPath, "true".equals(imageProperties.get(BINDS_DISKS))));
            }
        }
        return Optional.empty();
    }

    /** The properties that remember them. */
    Map<String, String> asImageProperties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put(INIT, init.mark);
        properties.put(SETTINGS_PATH, settingsPath);
        properties.put(BINDS_DISKS, String.valueOf(bindsDisks));
        return properties;
    }
}
