@NullMarked
package io.boshcpi.core.config;

import org.jspecify.annotations.NullMarked;
