/**
 * The configured server, the one door through which every method reaches it ({@link
 * io.boshcpi.lxd.provider.server.LxdCloud#run}), and what all rooms share: marks, sub-plugins, error translation.
 */
@NullMarked
package io.boshcpi.lxd.provider.server;

import org.jspecify.annotations.NullMarked;
