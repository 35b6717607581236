/** Holds the network contributor to its contract. */
@NullMarked
package io.boshcpi.lxd.network.ovn;

import org.jspecify.annotations.NullMarked;
