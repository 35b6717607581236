/** Persistent disks and their snapshots as custom volumes, and the volumes of ephemeral disks. */
@NullMarked
package io.boshcpi.lxd.provider.disk;

import org.jspecify.annotations.NullMarked;
