package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.model.Bytes;
import java.util.List;

/**
 * What a {@link GuestPlan} depends on besides the stemcell.
 *
 * @param settings the agent's settings, which contain secrets
 * @param directories what devices need in the guest's file system
 * @param network how the NICs get their addresses
 * @param usesRawLxc whether the instance may have lines of {@code raw.lxc}
 */
record GuestInputs(Bytes settings, List<String> directories, GuestNetwork network, boolean usesRawLxc) {
    /** Without the settings. */
    @Override
    public String toString() {
        return "GuestInputs[directories=" + directories + ", usesRawLxc=" + usesRawLxc + "]";
    }
}
