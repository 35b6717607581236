/**
 * The conformance kit: drives the executable of any CPI, in whatever language, as Director and CLI do, and holds it to
 * the rules of the contract. {@link io.boshcpi.conformance.KitCommand} is the way in.
 */
@NullMarked
package io.boshcpi.conformance;

import org.jspecify.annotations.NullMarked;
