/** What the operator configured, and what the request's context lays over it. */
@NullMarked
package io.boshcpi.core.config;

import org.jspecify.annotations.NullMarked;
