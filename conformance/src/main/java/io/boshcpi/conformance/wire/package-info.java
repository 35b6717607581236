/** Calls of a CPI as its callers make them: requests, the process that answers, and what came of it. */
@NullMarked
package io.boshcpi.conformance.wire;

import org.jspecify.annotations.NullMarked;
