/** Holds the published API to what was agreed on. */
@NullMarked
package io.boshcpi.lxd.testkit;

import org.jspecify.annotations.NullMarked;
