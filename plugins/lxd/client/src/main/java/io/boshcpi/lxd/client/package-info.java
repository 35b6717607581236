/**
 * A client of the REST API that LXD and Incus share.
 *
 * <p>{@link io.boshcpi.lxd.client.LxdClient} is made once and lives long. A
 * {@link io.boshcpi.lxd.client.session.LxdSession} is one caller's view of it, bound to a project and a deadline. Every
 * failure is a {@link io.boshcpi.lxd.client.failure.LxdException}.
 */
@NullMarked
package io.boshcpi.lxd.client;

import org.jspecify.annotations.NullMarked;
