/** Tests of the client without a server. */
@NullMarked
package io.boshcpi.lxd.client;

import org.jspecify.annotations.NullMarked;
