/** HTTP/1.1 over a Unix socket or TLS. Nothing here knows what the requests mean. */
@NullMarked
package io.boshcpi.lxd.client.transport;

import org.jspecify.annotations.NullMarked;
