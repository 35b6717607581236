package io.boshcpi.lxd.spi;

import io.boshcpi.spi.Option;
import org.apiguardian.api.API;

/** Options of NICs that several kinds of networks share, as LXD and Incus document them. */
@API(status = API.Status.STABLE, since = "1.0")
public final class NicOptions {
    /** {@code security.acls}. */
    public static final Option ACLS = Option.string("security.acls", "names of network ACLs, separated by commas");

    /** {@code security.mac_filtering}. */
    public static final Option MAC_FILTERING =
            Option.bool("security.mac_filtering", "keeps the VM from using any MAC but its own");

    /** {@code mtu}. */
    public static final Option MTU = Option.integer("mtu", "MTU of the NIC").withRange(68, 65535);

    /** {@code vlan}. */
    public static final Option VLAN = Option.string("vlan", "VLAN of the NIC");

    private NicOptions() {}
}
