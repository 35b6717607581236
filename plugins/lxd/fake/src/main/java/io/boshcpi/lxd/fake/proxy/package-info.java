/** A proxy that lets single requests go wrong, between the CPI and a server of any kind. */
@NullMarked
package io.boshcpi.lxd.fake.proxy;

import org.jspecify.annotations.NullMarked;
