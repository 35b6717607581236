package io.boshcpi.core.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the resident host writes its metrics.
 *
 * @param file the file, whose folder exists
 * @param interval how often
 */
public record MetricsOutput(Path file, Duration interval) {}
