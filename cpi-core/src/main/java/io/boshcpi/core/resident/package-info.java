/** The resident host: one process that answers the calls which launchers hand to it on a Unix socket. */
@NullMarked
package io.boshcpi.core.resident;

import org.jspecify.annotations.NullMarked;
