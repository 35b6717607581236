/** Contracts of storage drivers, networks and devices, on values alone. */
@NullMarked
package io.boshcpi.lxd.testkit;

import org.jspecify.annotations.NullMarked;
