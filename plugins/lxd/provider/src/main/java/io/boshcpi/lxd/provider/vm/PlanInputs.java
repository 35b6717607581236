package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.provider.server.Origin;
import io.boshcpi.lxd.provider.server.Policy;
import io.boshcpi.lxd.provider.stemcell.StemcellOnServer;
import io.boshcpi.lxd.spi.ProjectRules;
import io.boshcpi.lxd.spi.StorageDriver;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@link VmPlan} depends on besides the request.
 *
 * @param stemcell the stemcell's image
 * @param place where in a cluster the VM goes
 * @param rules what the project allows
 * @param policy what the operator allows
 * @param driver the driver of the pool; present if there is an ephemeral disk, or if a plugin knows it
 * @param profileNics the names of the NICs that profiles add
 * @param machine present for a virtual machine
 * @param origin what the marks say
 */
record PlanInputs(
        StemcellOnServer stemcell,
        MemberChoice place,
        ProjectRules rules,
        Policy policy,
        Optional<StorageDriver> driver,
        Set<String> profileNics,
        Optional<MachineInputs> machine,
        Origin origin) {}
