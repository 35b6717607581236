/**
 * The provider {@code docker}: BOSH VMs as containers of an engine that speaks the Docker Engine API, which is Docker's or
 * Podman's.
 *
 * <p>The provider lives on the published SPI alone. What lasts is in the engine: every object bears {@link
 * io.boshcpi.docker.engine.Labels}, and a container's label has all that is needed to make it again, since the Engine API
 * changes neither mounts nor labels of a container or volume that exists.
 */
@NullMarked
package io.boshcpi.docker;

import org.jspecify.annotations.NullMarked;
