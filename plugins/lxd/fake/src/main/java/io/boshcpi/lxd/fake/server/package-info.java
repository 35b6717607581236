/** Requests, their routes, operations and faults. */
@NullMarked
package io.boshcpi.lxd.fake.server;

import org.jspecify.annotations.NullMarked;
