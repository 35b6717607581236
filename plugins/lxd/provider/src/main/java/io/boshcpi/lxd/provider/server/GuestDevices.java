package io.boshcpi.lxd.provider.server;

import io.boshcpi.lxd.client.session.ServerInfo;

/** Names of devices in the guest of a virtual machine. */
public final class GuestDevices {
    /** What udev of systemd makes of QEMU's vendor and model; see {@code 60-persistent-storage.rules}. */
    private static final String SCSI_DISK = "/dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_";

    /** How much of a serial number QEMU puts into the page that udev reads (0x83), if the server does not write it. */
    private static final int MAX_SERIAL = 20;

    private GuestDevices() {}

    /**
     * The link to a block volume, which ends in the device's name, or in its beginning on LXD: LXD 5.0 leaves the page that
     * udev reads to QEMU, which cuts it. Incus writes all of it. Newer versions of LXD do as well, so there the agent of a
     * stemcell for OpenStack finds a persistent disk by the link that ends in its CID, before it looks for this one. Where
     * the guest has sg3-utils, a second link ends in the CID ({@code scsi-SQEMU_…}), and the agent takes this one.
     *
     * @param device up to 25 letters and digits: the servers double dashes, and Incus hashes longer names
     */
    public static String byId(ServerInfo server, String device) {
        if (server.isIncus()) {
            return SCSI_DISK + "incus_" + device;
        }
        String serial = "lxd_" + device;
        return SCSI_DISK + serial.substring(0, Math.min(MAX_SERIAL, serial.length()));
    }
}
