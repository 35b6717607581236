@NullMarked
package io.boshcpi.spi;

import org.jspecify.annotations.NullMarked;
