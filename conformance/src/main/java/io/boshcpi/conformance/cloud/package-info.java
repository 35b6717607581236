/** What the kit needs of the CPI's cloud, and what it has there. */
@NullMarked
package io.boshcpi.conformance.cloud;

import org.jspecify.annotations.NullMarked;
