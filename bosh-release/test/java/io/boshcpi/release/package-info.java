/** Tests of the BOSH release, the manifests and the operator's commands. */
@NullMarked
package io.boshcpi.release;

import org.jspecify.annotations.NullMarked;
