/**
 * BOSH VMs as instances.
 *
 * <p>{@code create_vm} plans twice, each plan once: {@link io.boshcpi.lxd.provider.vm.VmPlan} is made of the request
 * and of what the server says before the instance exists, {@link io.boshcpi.lxd.provider.vm.GuestPlan} of what the
 * stemcell needs. Both are pure; {@link io.boshcpi.lxd.provider.vm.VmCreation} carries them out.
 */
@NullMarked
package io.boshcpi.lxd.provider.vm;

import org.jspecify.annotations.NullMarked;
