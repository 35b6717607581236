/**
 * How requests are sent until they are done: envelopes, retries, waits for background operations, locks. Only the
 * sessions use it.
 */
@NullMarked
package io.boshcpi.lxd.client.engine;

import org.jspecify.annotations.NullMarked;
