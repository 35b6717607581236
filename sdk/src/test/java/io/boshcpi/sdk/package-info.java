/** The SDK as an author of a plugin uses it. */
@NullMarked
package io.boshcpi.sdk;

import org.jspecify.annotations.NullMarked;
