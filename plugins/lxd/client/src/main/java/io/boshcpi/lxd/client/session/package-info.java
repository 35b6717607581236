/** One class for each kind of resource, reached from an {@link io.boshcpi.lxd.client.session.LxdSession}. */
@NullMarked
package io.boshcpi.lxd.client.session;

import org.jspecify.annotations.NullMarked;
