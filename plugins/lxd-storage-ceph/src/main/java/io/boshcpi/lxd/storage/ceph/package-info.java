/** Storage pools on Ceph RBD. */
@NullMarked
package io.boshcpi.lxd.storage.ceph;

import org.jspecify.annotations.NullMarked;
