/** The health of a resident host: what is counted and measured, and the forms in which it is told. */
@NullMarked
package io.boshcpi.core.status;

import org.jspecify.annotations.NullMarked;
