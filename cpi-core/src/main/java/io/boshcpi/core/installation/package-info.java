/** The folder that the CPI runs from. */
@NullMarked
package io.boshcpi.core.installation;

import org.jspecify.annotations.NullMarked;
