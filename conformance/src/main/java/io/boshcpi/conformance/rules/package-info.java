/** The rules of the contract, by groups; each says who relies on it. */
@NullMarked
package io.boshcpi.conformance.rules;

import org.jspecify.annotations.NullMarked;
