/** The distribution: its folder, its version, and what is written into it when it is packaged. */
@NullMarked
package io.boshcpi.core.dist;

import org.jspecify.annotations.NullMarked;
