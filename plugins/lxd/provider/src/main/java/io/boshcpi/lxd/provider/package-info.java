/**
 * The LXD provider: BOSH VMs as instances of LXD and Incus.
 *
 * <p>This package wires the rooms together and contains nothing else. A call enters through {@link
 * io.boshcpi.lxd.provider.LxdProvider}, and the room that it concerns does its work inside {@link
 * io.boshcpi.lxd.provider.server.LxdCloud#run}.
 */
@NullMarked
package io.boshcpi.lxd.provider;

import org.jspecify.annotations.NullMarked;
