/** NICs on OVN networks. */
@NullMarked
package io.boshcpi.lxd.network.ovn;

import org.jspecify.annotations.NullMarked;
