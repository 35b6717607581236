@NullMarked
package io.boshcpi.core.action;

import org.jspecify.annotations.NullMarked;
