package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.server.Origin;
import io.boshcpi.spi.AgentId;
import io.boshcpi.spi.VmCid;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier {@code create_vm} for the same agent has left, because it was killed or lost its server. The Director
 * never learned that VM's CID, and its address keeps the repeated call from succeeding.
 */
final class EarlierAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(EarlierAttempt.class);

    private EarlierAttempt() {}

    /**
     * Removes the VMs of the same Director and agent that no Director has confirmed.
     *
     * @param vm of the present attempt, which stays
     * @return whether there were any
     */
    static boolean remove(LxdSession lxd, VmCid vm, Origin origin, AgentId agent) {
        boolean removed = false;
        for (Instance instance : lxd.instances().list()) {
            if (!instance.name().equals(vm.value()) && isOf(instance.config(), origin, agent)) {
                LOG.warn("Removing {}, which an earlier create_vm for the agent {} has left", instance.name(), agent);
                VmRemoval.remove(lxd, instance);
                removed = true;
            }
        }
        return removed;
    }

    private static boolean isOf(Map<String, String> marks, Origin origin, AgentId agent) {
        return Marks.haveKind(marks, Marks.KIND_VM)
                && Marks.areUnconfirmed(marks)
                && agent.value().equals(marks.get(Marks.AGENT))
                && origin.directorUuid().orElse("").equals(marks.getOrDefault(Marks.DIRECTOR, ""));
    }
}
