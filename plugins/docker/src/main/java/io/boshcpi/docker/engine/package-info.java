/** The engine: the one door to it, marks, undo, metadata and errors. */
@NullMarked
package io.boshcpi.docker.engine;

import org.jspecify.annotations.NullMarked;
