/** The checks of {@code bin/cpi doctor}. */
@NullMarked
package io.boshcpi.lxd.provider.doctor;

import org.jspecify.annotations.NullMarked;
