/** VMs as containers: what they are made of, their creation, and how one is made again with other mounts. */
@NullMarked
package io.boshcpi.docker.vm;

import org.jspecify.annotations.NullMarked;
