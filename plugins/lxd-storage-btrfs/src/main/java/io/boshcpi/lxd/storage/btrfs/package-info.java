/** Pools on btrfs. */
@NullMarked
package io.boshcpi.lxd.storage.btrfs;

import org.jspecify.annotations.NullMarked;
