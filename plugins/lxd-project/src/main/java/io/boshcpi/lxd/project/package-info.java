/** Projects of LXD and Incus. */
@NullMarked
package io.boshcpi.lxd.project;

import org.jspecify.annotations.NullMarked;
