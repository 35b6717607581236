/** One class for each method of the contract: parse the arguments, call the provider, shape the result. */
@NullMarked
package io.boshcpi.core.action;

import org.jspecify.annotations.NullMarked;
