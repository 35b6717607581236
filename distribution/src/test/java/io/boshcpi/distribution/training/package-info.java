@NullMarked
package io.boshcpi.distribution.training;

import org.jspecify.annotations.NullMarked;
