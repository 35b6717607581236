@NullMarked
package io.boshcpi.core.rpc;

import org.jspecify.annotations.NullMarked;
