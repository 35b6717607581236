/** Tests of single steps of packaging. */
@NullMarked
package io.boshcpi.distribution.assembly;

import org.jspecify.annotations.NullMarked;
