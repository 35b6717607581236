@NullMarked
package io.boshcpi.core.resident;

import org.jspecify.annotations.NullMarked;
