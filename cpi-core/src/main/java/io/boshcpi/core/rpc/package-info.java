/** The envelope of a call: one JSON request in, one JSON response out. */
@NullMarked
package io.boshcpi.core.rpc;

import org.jspecify.annotations.NullMarked;
