@NullMarked
package io.boshcpi.json;

import org.jspecify.annotations.NullMarked;
