/** Where a process begins: the Director's call, and the commands that a person types. */
@NullMarked
package io.boshcpi.core.cli;

import org.jspecify.annotations.NullMarked;
