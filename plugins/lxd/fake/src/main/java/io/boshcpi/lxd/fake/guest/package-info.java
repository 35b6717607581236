/** What a guest has: its files, its mounts, and how its commands end. */
@NullMarked
package io.boshcpi.lxd.fake.guest;

import org.jspecify.annotations.NullMarked;
