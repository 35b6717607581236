package io.boshcpi.lxd.provider.stemcell;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a stemcell needs of the CPI. It is read from the stemcell's own files before the first VM of it starts, and then
 * kept with the image.
 *
 * @param init what process 1 is
 * @param settingsPath where the agent reads its settings
 * @param bindsDisks whether the agent bind-mounts persistent disks from directories, as in warden stemcells
 */
public record StemcellTraits(Init init, String settingsPath, boolean bindsDisks) {
    /** What process 1 is in the guest. */
    public enum Init {
        /** {@code /sbin/init}, which is systemd in a Noble or Resolute stemcell. */
        SYSTEMD("systemd"),
        /** {@code /usr/sbin/runsvdir-start}, as in Jammy's warden stemcell. */
        RUNIT("runit");

        private final String word;

        Init(String word) {
            this.word = word;
        }
    }

    private static final String INIT = "user.bosh.init";
    private static final String SETTINGS_PATH = "user.bosh.settings_path";
    private static final String BINDS_DISKS = "user.bosh.binds_disks";

    /** The traits that an image's properties tell, or empty. */
    static Optional<StemcellTraits> in(Map<String, String> imageProperties) {
        String settingsPath = imageProperties.get(SETTINGS_PATH);
        String word = imageProperties.get(INIT);
        for (Init init : Init.values()) {
            if (init.word.equals(word) && settingsPath != null) {
                return Optional.of(
                        new StemcellTraits(init, settingsPath, "true".equals(imageProperties.get(BINDS_DISKS))));
            }
        }
        return Optional.empty();
    }

    /** The properties of an image that tell them. */
    Map<String, String> asImageProperties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put(INIT, init.word);
        properties.put(SETTINGS_PATH, settingsPath);
        properties.put(BINDS_DISKS, String.valueOf(bindsDisks));
        return properties;
    }
}
