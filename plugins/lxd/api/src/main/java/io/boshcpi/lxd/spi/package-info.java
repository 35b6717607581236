/**
 * The extension points of the LXD provider: what a sub-plugin implements to add a storage driver, a kind of network,
 * devices, or its own idea of projects.
 *
 * <p>All of them are pure: they turn what the operator wrote into what LXD is to be asked for, and never speak to a
 * server. Configuration keys and values are those of LXD's and Incus' REST API, where every value is a string.
 */
@NullMarked
package io.boshcpi.lxd.spi;

import org.jspecify.annotations.NullMarked;
