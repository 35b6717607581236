@NullMarked
package io.boshcpi.core.plugin;

import org.jspecify.annotations.NullMarked;
