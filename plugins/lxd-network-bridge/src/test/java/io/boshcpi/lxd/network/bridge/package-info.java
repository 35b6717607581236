/** Holds the network contributor to its contract. */
@NullMarked
package io.boshcpi.lxd.network.bridge;

import org.jspecify.annotations.NullMarked;
