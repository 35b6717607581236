/** Log lines to stderr without secrets, each with the ID of its request. */
@NullMarked
package io.boshcpi.core.log;

import org.jspecify.annotations.NullMarked;
