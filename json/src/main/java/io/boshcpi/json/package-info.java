/** JSON as plain values, for the way of a call. */
@NullMarked
package io.boshcpi.json;

import org.jspecify.annotations.NullMarked;
