/** Stemcells as images. */
@NullMarked
package io.boshcpi.docker.stemcell;

import org.jspecify.annotations.NullMarked;
