/** Runs the contract suites on FakeLxd and on real servers. */
@NullMarked
package io.boshcpi.lxd.testkit;

import org.jspecify.annotations.NullMarked;
