/**
 * The LXD provider: BOSH VMs as instances of LXD and Incus.
 *
 * <p>The way of {@code create_vm}: the request becomes a {@link io.boshcpi.lxd.provider.VmPlan} (pure, with the help of
 * the sub-plugins), and {@link io.boshcpi.lxd.provider.VmCreation} carries it out step by step, each step with its undo.
 */
@NullMarked
package io.boshcpi.lxd.provider;

import org.jspecify.annotations.NullMarked;
