@NullMarked
package io.boshcpi.testkit;

import org.jspecify.annotations.NullMarked;
