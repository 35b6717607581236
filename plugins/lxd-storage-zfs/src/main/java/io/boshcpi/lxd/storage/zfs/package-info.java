/** Storage pools on ZFS. */
@NullMarked
package io.boshcpi.lxd.storage.zfs;

import org.jspecify.annotations.NullMarked;
