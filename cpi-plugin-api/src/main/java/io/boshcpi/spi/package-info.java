/**
 * What a provider of a cloud implements so that BOSH can make VMs, disks and networks on it.
 *
 * <p>A provider plugin has one {@link io.boshcpi.spi.ProviderFactory}. The host reads the Director's request, checks
 * it, and calls one method of one capability of the {@link io.boshcpi.spi.CloudProvider} that the factory made. What
 * the method returns, or the {@link io.boshcpi.spi.CpiException} that it throws, is the answer.
 *
 * <p>Unless a method says otherwise, nothing here accepts or returns {@code null}. Sizes are in MiB (1 GiB = 1024
 * MiB), as everywhere in BOSH.
 */
@NullMarked
package io.boshcpi.spi;

import org.jspecify.annotations.NullMarked;
