/** The fault matrix: each request of each method meets each fault, and then the Director goes on. */
@NullMarked
package io.boshcpi.distribution.faults;

import org.jspecify.annotations.NullMarked;
