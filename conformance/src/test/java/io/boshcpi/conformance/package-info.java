/** The kit against a CPI in memory that has one fault at a time, and against processes. */
@NullMarked
package io.boshcpi.conformance;

import org.jspecify.annotations.NullMarked;
