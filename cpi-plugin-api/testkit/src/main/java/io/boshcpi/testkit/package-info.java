/** What every provider must do, whatever cloud it is for; its author extends the suite and runs it. */
@NullMarked
package io.boshcpi.testkit;

import org.jspecify.annotations.NullMarked;
