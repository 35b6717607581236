/** FakeLxd, its listener, and what tests on real servers share. */
@NullMarked
package io.boshcpi.lxd.fake;

import org.jspecify.annotations.NullMarked;
