package io.boshcpi.lxd.provider.image;

import java.nio.charset.StandardCharsets;

/** The disk from which the agent of a stemcell for OpenStack reads its settings, before it has a network. */
public final class ConfigDrive {
    private static final String LABEL = "config-2";
    private static final String META_DATA = "ec2/latest/meta-data.json";
    private static final String USER_DATA = "ec2/latest/user-data";

    private ConfigDrive() {}

    /**
     * A file system in ISO 9660.
     *
     * @param settings the agent's settings, which contain secrets
     */
    public static byte[] with(byte[] settings) {
        Iso9660 drive = new Iso9660(LABEL);
        // The agent looks for its SSH key here, and takes the drive for another's if the file is missing.
        drive.add(META_DATA, "{}".getBytes(StandardCharsets.US_ASCII));
        drive.add(USER_DATA, settings);
        return drive.toBytes();
    }
}
