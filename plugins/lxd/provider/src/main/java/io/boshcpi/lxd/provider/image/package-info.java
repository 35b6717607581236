/** Disk images of stemcells for virtual machines: how they are packed, what they are, and the qcow2 that servers take. */
@NullMarked
package io.boshcpi.lxd.provider.image;

import org.jspecify.annotations.NullMarked;
