/** Networks that BOSH manages. */
@NullMarked
package io.boshcpi.docker.network;

import org.jspecify.annotations.NullMarked;
