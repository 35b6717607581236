/** Finds, checks and loads the plugins, and says loudly why one of them cannot be used. */
@NullMarked
package io.boshcpi.core.plugin;

import org.jspecify.annotations.NullMarked;
