package io.boshcpi.lxd.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that {@code create_vm} has to do, decided before anything is done.
 *
 * @param instance the instance
 * @param ephemeralDisk the volume on {@code /var/vcap/data}, if one was asked for
 * @param files what goes into the guest before its first start, in this order
 * @param networks the networks as the agent is told them
 */
record VmPlan(
        InstancePlan instance,
        Optional<VolumePlan> ephemeralDisk,
        List<InitialFile> files,
        Map<String, Map<String, @Nullable Object>> networks) {}
