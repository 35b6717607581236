/** What the tests of the host share: plugins built on the spot, distributions, processes, replayed calls. */
@NullMarked
package io.boshcpi.core.testing;

import org.jspecify.annotations.NullMarked;
