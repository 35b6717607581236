package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.session.ServerInfo;
import io.boshcpi.lxd.provider.image.Firmware;
import io.boshcpi.lxd.provider.server.GuestDevices;

/**
 * What the plan of a virtual machine depends on besides.
 *
 * @param firmware how the server is told what boots it
 * @param ephemeralDisk where the guest finds the ephemeral disk
 */
record MachineInputs(Firmware firmware, String ephemeralDisk) {
    static MachineInputs of(ServerInfo server) {
        return new MachineInputs(Firmware.of(server), GuestDevices.byId(server, EphemeralDisk.DEVICE));
    }
}
