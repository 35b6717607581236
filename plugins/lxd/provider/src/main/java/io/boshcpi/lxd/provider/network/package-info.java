/** Networks that BOSH manages, and the arithmetic of subnets and address ranges. */
@NullMarked
package io.boshcpi.lxd.provider.network;

import org.jspecify.annotations.NullMarked;
