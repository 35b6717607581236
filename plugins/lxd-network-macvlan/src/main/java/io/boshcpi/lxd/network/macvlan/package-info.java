/** NICs on an interface of the host: macvlan, physical, SR-IOV. */
@NullMarked
package io.boshcpi.lxd.network.macvlan;

import org.jspecify.annotations.NullMarked;
