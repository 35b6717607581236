/** The search of {@code bin/cpi gc} for leftovers, and their removal. */
@NullMarked
package io.boshcpi.lxd.provider.gc;

import org.jspecify.annotations.NullMarked;
