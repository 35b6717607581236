package io.boshcpi.core.plugin;

import java.util.List;

/**
 * A provider that a plugin brings.
 *
 * @param name the provider's name, which is also its section in the configuration
 * @param stemcellFormats what {@code info} reports
 */
public record ProviderSpec(String name, List<String> stemcellFormats) {}
