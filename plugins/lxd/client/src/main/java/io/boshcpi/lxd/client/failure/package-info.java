/** What can go wrong, told by one exception, and how the servers' statuses and texts are mapped to it. */
@NullMarked
package io.boshcpi.lxd.client.failure;

import org.jspecify.annotations.NullMarked;
