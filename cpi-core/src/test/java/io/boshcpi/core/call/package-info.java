@NullMarked
package io.boshcpi.core.call;

import org.jspecify.annotations.NullMarked;
