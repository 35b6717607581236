@NullMarked
package io.boshcpi.core;

import org.jspecify.annotations.NullMarked;
