/**
 * Trains the archive of classes of a product: makes its calls against a server that replays recorded exchanges.
 *
 * <p>It knows no product. The calls, their configurations and the recording are files of the product.
 */
@NullMarked
package io.boshcpi.distribution.training;

import org.jspecify.annotations.NullMarked;
