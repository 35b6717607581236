/** Devices that an operator asks for by name. */
@NullMarked
package io.boshcpi.lxd.devices;

import org.jspecify.annotations.NullMarked;
