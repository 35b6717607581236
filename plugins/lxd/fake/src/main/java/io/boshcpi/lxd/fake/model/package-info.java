/** What the server keeps, and the differences between LXD and Incus. */
@NullMarked
package io.boshcpi.lxd.fake.model;

import org.jspecify.annotations.NullMarked;
