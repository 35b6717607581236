@NullMarked
package io.boshcpi.core.log;

import org.jspecify.annotations.NullMarked;
