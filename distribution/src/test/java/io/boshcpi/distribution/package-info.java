/** Tests of the built distribution: its launcher, scripts, archive and resident host, with fake and real servers. */
@NullMarked
package io.boshcpi.distribution;

import org.jspecify.annotations.NullMarked;
