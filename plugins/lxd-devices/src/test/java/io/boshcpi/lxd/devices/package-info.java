/** Holds the device contributor to its contract. */
@NullMarked
package io.boshcpi.lxd.devices;

import org.jspecify.annotations.NullMarked;
