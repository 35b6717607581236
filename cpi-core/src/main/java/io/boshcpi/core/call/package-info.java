/** One call from bytes to bytes: reads the request, finds provider and action, and turns whatever happens into an answer. */
@NullMarked
package io.boshcpi.core.call;

import org.jspecify.annotations.NullMarked;
