/** Runs the contract suites on FakeLxd and on real servers. */
@NullMarked
package io.boshcpi.lxd.fake;

import org.jspecify.annotations.NullMarked;
