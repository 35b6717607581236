package io.boshcpi.lxd.provider.doctor;

import io.boshcpi.lxd.client.model.ClusterMember;
import io.boshcpi.lxd.client.model.Network;
import io.boshcpi.lxd.client.model.NetworkLease;
import io.boshcpi.lxd.client.model.Project;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.network.AddressRanges;
import io.boshcpi.lxd.provider.network.Subnet;
import io.boshcpi.lxd.provider.server.LxdCloud;
import java.util.List;
import java.util.Optional;

/** Checks the configured network: whether NICs can connect to it, and whether it has room for BOSH. */
final class NetworkDiagnosis {
    private static final int FEW_ADDRESSES = 10;

    private final LxdCloud cloud;
    private final LxdSession lxd;
    private final Project project;
    private final List<ClusterMember> members;
    private final Findings findings;

    /**
     * @param members of the cluster; empty without one
     */
    NetworkDiagnosis(LxdCloud cloud, LxdSession lxd, Project project, List<ClusterMember> members, Findings findings) {
        this.cloud = cloud;
        this.lxd = lxd;
        this.project = project;
        this.members = members;
        this.findings = findings;
    }

    void network() {
        Optional<String> configured = cloud.config().network();
        if (configured.isEmpty()) {
            findings.ok("network", "lxd.network is not set: each subnet names its own");
            return;
        }
        String subject = "network " + configured.get();
        Optional<Network> network = lxd.networks().find(configured.get());
        if (network.isEmpty()) {
            absent(subject, configured.get());
        } else if (!network.get().managed()) {
            findings.error(
                    subject,
                    "is not managed by the server",
                    "name it as the cloud property parent of its subnets instead of lxd.network");
        } else if (network.get().config().isEmpty()) {
            findings.ok(subject, network.get().type() + "; its addresses are hidden from a restricted certificate");
        } else {
            addresses(subject, network.get());
        }
        if (members.size() > 1 && network.isPresent() && network.get().type().equals("bridge")) {
            findings.warning(
                    "reach of " + subject,
                    "a bridge is one for each member of the cluster, with the same addresses: VMs of two members do not reach"
                            + " one another over it, and one address can be given twice",
                    "an ovn, macvlan or physical network for deployments over several members, or one `target` for all");
        }
    }

    /** The server hides a network from a project that must not use it. */
    private void absent(String subject, String name) {
        String access = project.config().getOrDefault("restricted.networks.access", "");
        if (project.isolates("networks") && !project.name().equals("default")) {
            findings.error(
                    subject,
                    "is not in the project " + project.name() + ", which has networks of its own",
                    "make an OVN network there, or, while the project is empty, "
                            + findings.command("project set " + project.name() + " features.networks=false"));
        } else if (project.isRestricted() && !access.isEmpty()) {
            findings.error(
                    subject,
                    "is not on the server, or the project " + project.name()
                            + " may not use it (restricted.networks.access=" + access + ")",
                    findings.command(
                            "project set " + project.name() + " restricted.networks.access=" + access + "," + name));
        } else {
            findings.error(
                    subject,
                    "is not on the server",
                    findings.command("network create " + name
                            + " ipv4.address=10.245.0.1/24 ipv4.nat=true ipv4.dhcp.ranges=10.245.0.200-10.245.0.254"
                            + " ipv6.address=none"));
        }
    }

    private void addresses(String subject, Network network) {
        String address = network.config().getOrDefault("ipv4.address", "none");
        String seen = network.type() + ", " + address + (nat(network) ? ", NAT" : ", no NAT");
        if (!address.contains("/")) {
            findings.ok(subject, seen);
            return;
        }
        Subnet subnet = Subnet.containing(address);
        String ranges = network.config().getOrDefault("ipv4.dhcp.ranges", "");
        if ("false".equals(network.config().get("ipv4.dhcp"))) {
            findings.warning(
                    subject,
                    seen + "; its DHCP is off, and without it the server cannot reserve addresses",
                    findings.command("network set " + network.name() + " ipv4.dhcp=true")
                            + ", or the cloud property reserve_address: false in its subnets");
        } else if (ranges.isEmpty()) {
            findings.warning(
                    subject,
                    seen + "; its DHCP gives out every address of the subnet, those that BOSH chooses included",
                    findings.command("network set " + network.name() + " ipv4.dhcp.ranges=" + subnet.upperQuarter())
                            + ", and `reserved` in the cloud config for the same range");
        } else {
            findings.ok(subject, seen + ", DHCP range " + ranges);
            room(subject, network.name(), subnet, AddressRanges.parse(ranges));
        }
    }

    private static boolean nat(Network network) {
        return "true".equals(network.config().get("ipv4.nat"));
    }

    /** BOSH uses the addresses outside of the DHCP ranges; the server lists leases only for one project at a time. */
    private void room(String subject, String name, Subnet subnet, AddressRanges dhcp) {
        long size = subnet.hosts() - dhcp.size();
        long used = 0;
        for (NetworkLease lease : lxd.networks().leases(name)) {
            if (subnet.contains(lease.address()) && !dhcp.contains(lease.address())) {
                used++;
            }
        }
        String seen = used + " of " + size + " addresses outside of the DHCP range are in use in this project";
        if (size - used < FEW_ADDRESSES) {
            findings.warning(
                    "room in " + subject,
                    seen,
                    findings.command("network set " + name + " ipv4.dhcp.ranges=")
                            + "a smaller range, or a larger subnet");
        } else {
            findings.ok("room in " + subject, seen);
        }
    }
}
