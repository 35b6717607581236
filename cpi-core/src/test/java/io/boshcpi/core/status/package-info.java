@NullMarked
package io.boshcpi.core.status;

import org.jspecify.annotations.NullMarked;
