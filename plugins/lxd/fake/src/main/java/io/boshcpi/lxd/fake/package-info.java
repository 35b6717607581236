/** FakeLxd, and what tests of sub-plugins and of the client share. */
@NullMarked
package io.boshcpi.lxd.fake;

import org.jspecify.annotations.NullMarked;
