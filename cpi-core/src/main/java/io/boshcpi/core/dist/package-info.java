/** The folder that the CPI runs from. */
@NullMarked
package io.boshcpi.core.dist;

import org.jspecify.annotations.NullMarked;
