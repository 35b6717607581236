/** Pools on a directory of the host. */
@NullMarked
package io.boshcpi.lxd.storage.dir;

import org.jspecify.annotations.NullMarked;
