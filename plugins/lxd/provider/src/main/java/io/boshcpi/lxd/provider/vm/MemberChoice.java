package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.disk.DiskMember;
import io.boshcpi.lxd.provider.server.LxdConfig;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.VmRequest;
import java.util.Optional;

/**
 * Where a new VM goes in a cluster: to the member or group that the operator wants, where its disks follow unless they are too
 * large for that; else to the member of the disks that it will get, if it will get any; else where the server puts it.
 *
 * @param clustered whether there is a cluster
 * @param target a member, or a group as {@code @NAME}; empty if the server is to choose
 */
record MemberChoice(boolean clustered, Optional<String> target) {
    private static final String GROUP = "@";

    /** Without a cluster there is nothing to choose, so a target is refused. */
    static MemberChoice withoutCluster(Optional<String> wanted, PropertyTree properties) {
        if (wanted.isPresent()) {
            throw properties.wrong(
                    "target", "is " + wanted.get() + ", but the server is not a member of a cluster; leave it out");
        }
        return new MemberChoice(false, wanted);
    }

    /** Refuses a target that the VM's disks are not on and do not follow to. */
    static MemberChoice inCluster(LxdSession lxd, Optional<String> wanted, VmRequest request, LxdConfig config) {
        Optional<DiskMember.Choice> ofDisks = DiskMember.ofAll(lxd, config, request.disks());
        if (ofDisks.isEmpty()) {
            return new MemberChoice(true, wanted);
        }
        DiskMember.Choice choice = ofDisks.get();
        if (wanted.isEmpty() || includes(lxd, wanted.get(), choice.member())) {
            return new MemberChoice(true, Optional.of(choice.member()));
        } else if (choice.obstacle() != null) {
            throw request.properties()
                    .wrong(
                            "target",
                            "is " + wanted.get() + ", but the VM's persistent disk is on the cluster member "
                                    + choice.member() + ", where the VM has to be, too, since " + choice.obstacle());
        }
        return new MemberChoice(true, wanted);
    }

    /** Whether it is known where the instance will be before it is made; a group does not say that. */
    boolean isSettled() {
        return !clustered || (target.isPresent() && !target.get().startsWith(GROUP));
    }

    private static boolean includes(LxdSession lxd, String target, String member) {
        if (!target.startsWith(GROUP)) {
            return target.equals(member);
        }
        try {
            return lxd.clusterMembers().get(member).groups().contains(target.substring(GROUP.length()));
        } catch (LxdException e) {
            if (e.is(Kind.FORBIDDEN)) {
                return true; // This client may not look at members, and its disks decide.
            }
            throw e;
        }
    }
}
