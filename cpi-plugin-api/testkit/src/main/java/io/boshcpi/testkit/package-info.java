/** What every provider must do, on any cloud; its author extends the suite and runs it. */
@NullMarked
package io.boshcpi.testkit;

import org.jspecify.annotations.NullMarked;
