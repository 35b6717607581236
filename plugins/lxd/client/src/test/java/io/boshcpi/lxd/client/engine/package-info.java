/** Tests of the transports against servers that misbehave. */
@NullMarked
package io.boshcpi.lxd.client.engine;

import org.jspecify.annotations.NullMarked;
