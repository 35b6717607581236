/** Where a process begins: the Director's call, the commands that a person types, and the last step of packaging. */
@NullMarked
package io.boshcpi.core.cli;

import org.jspecify.annotations.NullMarked;
