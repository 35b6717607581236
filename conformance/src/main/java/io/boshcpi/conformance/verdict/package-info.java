/** What is said of a rule, and what exchanges are held to. */
@NullMarked
package io.boshcpi.conformance.verdict;

import org.jspecify.annotations.NullMarked;
