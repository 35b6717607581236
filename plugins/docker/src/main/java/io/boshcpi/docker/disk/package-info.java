/** Persistent disks as volumes. */
@NullMarked
package io.boshcpi.docker.disk;

import org.jspecify.annotations.NullMarked;
