/** Storage pools on LVM. */
@NullMarked
package io.boshcpi.lxd.storage.lvm;

import org.jspecify.annotations.NullMarked;
