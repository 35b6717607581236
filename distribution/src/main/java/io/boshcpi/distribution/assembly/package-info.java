/** Makes a distribution out of the host, plugins, scripts and the properties of a product. */
@NullMarked
package io.boshcpi.distribution.assembly;

import org.jspecify.annotations.NullMarked;
