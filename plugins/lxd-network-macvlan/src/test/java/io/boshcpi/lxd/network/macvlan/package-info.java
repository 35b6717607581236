/** Holds the network contributor to its contract. */
@NullMarked
package io.boshcpi.lxd.network.macvlan;

import org.jspecify.annotations.NullMarked;
