/** How bytes get to the server and back: HTTP/1.1 over a Unix socket or over TLS. Nothing here knows what they mean. */
@NullMarked
package io.boshcpi.lxd.client.transport;

import org.jspecify.annotations.NullMarked;
