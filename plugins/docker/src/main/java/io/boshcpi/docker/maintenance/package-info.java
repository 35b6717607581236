/** What {@code bin/cpi doctor} and {@code bin/cpi gc} ask. */
@NullMarked
package io.boshcpi.docker.maintenance;

import org.jspecify.annotations.NullMarked;
