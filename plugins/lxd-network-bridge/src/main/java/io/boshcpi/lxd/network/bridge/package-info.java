/** NICs on bridges. */
@NullMarked
package io.boshcpi.lxd.network.bridge;

import org.jspecify.annotations.NullMarked;
