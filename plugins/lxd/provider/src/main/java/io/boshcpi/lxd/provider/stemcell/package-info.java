/** Stemcells as images: their upload, their CIDs, and what a stemcell needs of the CPI. */
@NullMarked
package io.boshcpi.lxd.provider.stemcell;

import org.jspecify.annotations.NullMarked;
