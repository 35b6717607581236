@NullMarked
package io.boshcpi.core.cli;

import org.jspecify.annotations.NullMarked;
